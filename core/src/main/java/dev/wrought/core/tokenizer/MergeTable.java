package dev.wrought.core.tokenizer;

import java.util.Arrays;

/**
 * The merges of a vocabulary: which two tokens become which, and with what rank. A lower rank
 * merges first. Immutable; a hash table with open addressing, since a lookup is what encoding
 * spends its time on.
 */
final class MergeTable {
  /** The rank of a pair that does not merge. */
  static final int NONE = Integer.MAX_VALUE;

  private static final long EMPTY = -1;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final long[] pairs;
  private final int[] ranks;
  private final int[] results;
  private final int shift;

  /**
   * Of equal pairs the last one counts, as in Hugging Face's library.
   *
   * @param ranks of the pairs
   * @param results the token that a rank makes
   */
  MergeTable(int[] left, int[] right, int[] ranks, int[] results) {
    int bits = Math.max(4, 34 - Integer.numberOfLeadingZeros(left.length));
    this.pairs = new long[1 << bits];
    this.ranks = new int[1 << bits];
    this.results = results.clone();
    this.shift = 64 - bits;
    Arrays.fill(pairs, EMPTY);
    for (int merge = 0; merge < left.length; merge++) {
      long pair = pair(left[merge], right[merge]);
      int slot = slotOf(pair);
      pairs[slot] = pair;
      this.ranks[slot] = ranks[merge];
    }
  }

  /** Rank of a pair of tokens, or {@link #NONE}. */
  int rank(int left, int right) {
    int slot = slotOf(pair(left, right));
    return pairs[slot] == EMPTY ? NONE : ranks[slot];
  }

  /** The token that a merge makes. */
  int result(int rank) {
    return results[rank];
  }

  /** Where the pair is, or where it would go. */
  private int slotOf(long pair) {
    int slot = (int) (pair * GOLDEN >>> shift);
    while (pairs[slot] != pair && pairs[slot] != EMPTY) {
      slot = (slot + 1) & (pairs.length - 1);
    }
    return slot;
  }

  private static long pair(int left, int right) {
    return (long) left << 32 | right;
  }
}
