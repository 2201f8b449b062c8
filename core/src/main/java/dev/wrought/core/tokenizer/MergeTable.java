package dev.wrought.core.tokenizer;

import java.util.SplittableRandom;

/**
 * The merges of a vocabulary: which two tokens become which, and with what rank. A lower rank
 * merges first. For one thread while it is filled; then thread-safe. It is a hash table with open
 * addressing, since a lookup is what merging spends its time on.
 *
 * <p>Three things keep lookups from memory that is far away: the pairs of the first 256 tokens,
 * with which nearly every word begins, have a table of their own; most other pairs that are asked
 * for do not merge, which a bit a pair says; and a pair lies beside its merge.
 */
final class MergeTable {
  /** For a pair that does not merge: it has the highest rank. */
  static final long NONE = Long.MAX_VALUE;

  /** A merge leaves so many bits free for a place in a word, from {@link #PLACE_SHIFT} on. */
  static final int PLACE_BITS = 6;

  static final int PLACE_SHIFT = 21;

  private static final int RANK_SHIFT = PLACE_SHIFT + PLACE_BITS;
  private static final int RESULT = TokenList.MOST_TOKENS - 1;
  private static final int FIRST_TOKENS = 256;

  /** Nobody who writes a file can know which pairs share a slot. */
  private static final long FACTOR = new SplittableRandom().nextLong() | 1;

  /** The filter has eight bits a slot. */
  private static final int FILTER_BITS = 3;

  // What is not set is to mean NONE without being filled with it: merges are kept as their
  // complements to NONE, and 0 is a pair of the first tokens, which is never in a slot.
  private final long[] ofFirst = new long[FIRST_TOKENS * FIRST_TOKENS];
  private final long[] filter;

  /** Of each slot the pair and its merge; the first slot stays empty. */
  private final long[] slots;

  private final int shift;

  /** None yet, and room for about so many. */
  MergeTable(int merges) {
    int bits = Math.max(6, 33 - Integer.numberOfLeadingZeros(merges));
    this.shift = Long.SIZE - FILTER_BITS - bits;
    this.filter = new long[1 << bits + FILTER_BITS - 6];
    this.slots = new long[2 * ((1 << bits) + 1)];
  }

  /**
   * Adds a merge. Of equal pairs the last one counts, as in Hugging Face's library.
   *
   * @param result the token that the two become
   */
  void add(int left, int right, int rank, int result) {
    long merge = (long) rank << RANK_SHIFT | result;
    if ((left | right) < FIRST_TOKENS) {
      ofFirst[left * FIRST_TOKENS + right] = merge ^ NONE;
      return;
    }
    long pair = pair(left, right);
    int hash = hash(pair);
    filter[hash >>> 6] |= 1L << hash;
    int slot = slotOf(pair, firstSlot(hash));
    slots[slot] = pair;
    slots[slot + 1] = merge ^ NONE;
  }

  /** A pair's rank and result, to be asked for by {@link #rank} and {@link #result}; or NONE. */
  long find(int left, int right) {
    if ((left | right) < FIRST_TOKENS) {
      return ofFirst[left * FIRST_TOKENS + right] ^ NONE;
    }
    long pair = pair(left, right);
    int hash = hash(pair);
    int perhaps = (int) (filter[hash >>> 6] >>> hash & 1);
    return slots[slotOf(pair, firstSlot(hash) & -perhaps) + 1] ^ NONE;
  }

  static int rank(long merge) {
    return (int) (merge >>> RANK_SHIFT);
  }

  static int result(long merge) {
    return (int) merge & RESULT;
  }

  private static long pair(int left, int right) {
    return (long) left << 32 | right;
  }

  private int hash(long pair) {
    return (int) (pair * FACTOR >>> shift);
  }

  private static int firstSlot(int hash) {
    return 2 * ((hash >>> FILTER_BITS) + 1);
  }

  /** Where the pair is, or where it would go. */
  private int slotOf(long pair, int first) {
    int slot = first;
    while (isAnother(slots[slot], pair)) {
      slot = slot + 2 == slots.length ? 2 : slot + 2;
    }
    return slot;
  }

  /**
   * Whether a slot is neither empty nor the pair's: one question, whose answer is nearly always no.
   */
  private static boolean isAnother(long found, long pair) {
    long different = found ^ pair;
    return ((different | -different) & (found | -found)) < 0;
  }
}
