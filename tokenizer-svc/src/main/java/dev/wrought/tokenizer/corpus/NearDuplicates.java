package dev.wrought.tokenizer.corpus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The signatures of the documents that were kept, found again by locality-sensitive hashing: a
 * signature is cut into bands, and only documents that have a whole band in common are compared.
 * Bands are as long as finds 95 % of the pairs that are just similar enough, and more of those that
 * are more so.
 *
 * <p>Each band knows the first document that had it and no other: so time is the same for every
 * document, whatever the corpus holds, and a few pairs are missed. Memory for each document: its
 * values' low 16 bits (256 bytes) and a number of 4 bytes a band in tables that are half empty,
 * together about half a KiB. For one thread.
 *
 * <p>Source: Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", section 3.4.
 */
final class NearDuplicates {
  private static final double FOUND = 0.95;
  private static final int LEAST_SLOTS = 1 << 8;

  private final double threshold;
  private final int bandValues;
  private final List<short[]> signatures = new ArrayList<>();
  private int[][] bands;

  /**
   * @param threshold share of equal values from which on documents are taken for the same
   */
  NearDuplicates(double threshold) {
    this.threshold = threshold;
    this.bandValues = bandValues(threshold);
    this.bands = new int[MinHash.VALUES / bandValues][LEAST_SLOTS];
  }

  /** How many values make a band: the most that find enough. */
  static int bandValues(double threshold) {
    int values = MinHash.VALUES;
    while (values > 1 && found(threshold, values) < FOUND) {
      values--;
    }
    return values;
  }

  /** The probability that documents of this similarity have a band in common. */
  static double found(double similarity, int bandValues) {
    double oneBand = Math.pow(similarity, bandValues);
    return 1 - Math.pow(1 - oneBand, MinHash.VALUES / bandValues);
  }

  /**
   * Whether a similar document was kept before; if not, this one is.
   *
   * @param signature by {@link MinHash}; an empty one is like no other
   */
  boolean hasSeen(int[] signature) {
    if (signature.length == 0) {
      return false;
    }
    short[] values = new short[signature.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (short) signature[i];
    }
    for (int band = 0; band < bands.length; band++) {
      int number = bands[band][slot(band, values)];
      if (number != 0 && similarity(signatures.get(number - 1), values) >= threshold) {
        return true;
      }
    }
    keep(values);
    return false;
  }

  private void keep(short[] values) {
    signatures.add(values);
    if (2 * signatures.size() > bands[0].length) {
      bands = new int[bands.length][2 * bands[0].length];
      for (int number = 1; number < signatures.size(); number++) {
        enter(signatures.get(number - 1), number);
      }
    }
    enter(values, signatures.size());
  }

  private void enter(short[] values, int number) {
    for (int band = 0; band < bands.length; band++) {
      int slot = slot(band, values);
      if (bands[band][slot] == 0) {
        bands[band][slot] = number;
      }
    }
  }

  /** Where the document with this band is, or where it would go. */
  private int slot(int band, short[] values) {
    int from = band * bandValues;
    int to = from + bandValues;
    int[] slots = bands[band];
    int slot = hash(values, from, to) & (slots.length - 1);
    while (slots[slot] != 0
        && !Arrays.equals(signatures.get(slots[slot] - 1), from, to, values, from, to)) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private static int hash(short[] values, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = (hash ^ values[i]) * 0x9E3779B1;
      hash ^= hash >>> 15;
    }
    return hash;
  }

  private static double similarity(short[] one, short[] other) {
    int equal = 0;
    for (int i = 0; i < one.length; i++) {
      equal += one[i] == other[i] ? 1 : 0;
    }
    return (double) equal / one.length;
  }
}
