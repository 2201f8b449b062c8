package dev.wrought.core.tokenizer;

import java.util.Arrays;

/**
 * How often each pair of neighbouring tokens occurs: a hash table with open addressing. Its entries
 * are numbered 0, 1, 2... as pairs are first met. For one thread.
 */
final class PairCounts {
  /** The entry of a pair that is not here. */
  static final int NONE = -1;

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /** Entries by hash, each one higher: 0 is an empty slot. */
  private int[] slots = new int[1 << 11];

  private long[] pairs = new long[1 << 10];
  private long[] counts = new long[1 << 10];
  private int size;

  /** Two tokens as one number; in the order of these, of equally frequent pairs the first wins. */
  static long pair(int left, int right) {
    return (long) left << 32 | right;
  }

  static int left(long pair) {
    return (int) (pair >>> 32);
  }

  static int right(long pair) {
    return (int) pair;
  }

  /** Counts occurrences of a pair. @return its entry */
  int add(long pair, long times) {
    int slot = slotOf(pair);
    if (slots[slot] == 0) {
      if (2 * (size + 1) > slots.length) {
        grow();
        slot = slotOf(pair);
      }
      pairs[size] = pair;
      slots[slot] = ++size;
    }
    int entry = slots[slot] - 1;
    counts[entry] += times;
    return entry;
  }

  /** The entry of a pair, or {@link #NONE}. */
  int find(long pair) {
    return slots[slotOf(pair)] - 1;
  }

  /** How many entries there are. */
  int size() {
    return size;
  }

  long pair(int entry) {
    return pairs[entry];
  }

  long count(int entry) {
    return counts[entry];
  }

  /** The count of the most frequent pair; 0 if there is none. */
  long highest() {
    long highest = 0;
    for (int entry = 0; entry < size; entry++) {
      highest = Math.max(highest, counts[entry]);
    }
    return highest;
  }

  private void grow() {
    pairs = Arrays.copyOf(pairs, 2 * pairs.length);
    counts = Arrays.copyOf(counts, 2 * counts.length);
    slots = new int[2 * slots.length];
    for (int entry = 0; entry < size; entry++) {
      slots[slotOf(pairs[entry])] = entry + 1;
    }
  }

  /** Where the pair is, or where it would go. */
  private int slotOf(long pair) {
    int slot = (int) (pair * GOLDEN >>> 32) & (slots.length - 1);
    while (slots[slot] != 0 && pairs[slots[slot] - 1] != pair) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }
}
