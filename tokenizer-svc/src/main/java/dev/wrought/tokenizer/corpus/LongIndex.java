package dev.wrought.tokenizer.corpus;

/** Numbers distinct longs 0, 1, 2... in the order they are first met. For one thread. */
final class LongIndex {
  private final long[] keys;
  private final int[] numbers;
  private int size;

  /**
   * @param most how many distinct ones there can be
   */
  LongIndex(int most) {
    int slots = Integer.highestOneBit(Math.max(1, most)) << 2;
    this.keys = new long[slots];
    this.numbers = new int[slots];
  }

  /** How many distinct ones were met. */
  int size() {
    return size;
  }

  /** The number of this one, a new one if it was not met before. */
  int add(long key) {
    long mixed = key * 0x9E3779B97F4A7C15L;
    int slot = (int) (mixed >>> 40) & (keys.length - 1);
    while (numbers[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & (keys.length - 1);
    }
    if (numbers[slot] == 0) {
      keys[slot] = key;
      numbers[slot] = ++size;
    }
    return numbers[slot] - 1;
  }
}
