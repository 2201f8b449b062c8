package dev.wrought.core.tokenizer;

import java.util.Arrays;

/**
 * The merges of a vocabulary: which two tokens become which, and with what rank. A lower rank
 * merges first. Immutable; a hash table with open addressing, since a lookup is what encoding
 * spends its time on.
 */
final class MergeTable {
  /** For a pair that does not merge: it has the highest rank. */
  static final long NONE = Long.MAX_VALUE;

  private static final long EMPTY = -1;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final long[] pairs;
  private final long[] merges;
  private final int shift;

  /**
   * Of equal pairs the last one counts, as in Hugging Face's library.
   *
   * @param ranks of the pairs
   * @param results the token that each becomes
   */
  MergeTable(int[] left, int[] right, int[] ranks, int[] results) {
    int bits = Math.max(4, 34 - Integer.numberOfLeadingZeros(left.length));
    this.pairs = new long[1 << bits];
    this.merges = new long[1 << bits];
    this.shift = 64 - bits;
    Arrays.fill(pairs, EMPTY);
    Arrays.fill(merges, NONE);
    for (int merge = 0; merge < left.length; merge++) {
      long pair = (long) left[merge] << 32 | right[merge];
      int slot = slotOf(pair);
      pairs[slot] = pair;
      merges[slot] = (long) ranks[merge] << 32 | results[merge];
    }
  }

  /** A pair's rank and result, to be asked for by {@link #rank} and {@link #result}; or NONE. */
  long find(int left, int right) {
    return merges[slotOf((long) left << 32 | right)];
  }

  static int rank(long merge) {
    return (int) (merge >>> 32);
  }

  static int result(long merge) {
    return (int) merge;
  }

  /** Where the pair is, or where it would go. */
  private int slotOf(long pair) {
    int slot = (int) (pair * GOLDEN >>> shift);
    while (pairs[slot] != pair && pairs[slot] != EMPTY) {
      slot = (slot + 1) & (pairs.length - 1);
    }
    return slot;
  }
}
