package dev.wrought.core.dataset;

/**
 * The order in which training reads a split: which window of tokens is the k-th sample. Every epoch
 * is a permutation of all windows of its own, computed in constant memory, so that a resumed run
 * reads on exactly where it stopped knowing nothing but its sample number.
 *
 * <p>Window w covers the tokens w*T to w*T + T, inclusive: T inputs and, shifted by one, T targets.
 *
 * <p>The permutation is a Feistel network over the next even number of bits, applied again while
 * its result lies outside (cycle walking; Black and Rogaway 2002): a bijection whatever the round
 * function. The domain is under four times the number of windows, so fewer than four applications
 * are expected.
 *
 * @param seed chooses the permutations
 * @param windows how many windows there are, at least 1
 */
public record WindowOrder(long seed, long windows) {
  private static final int ROUNDS = 6;

  public WindowOrder {
    if (windows < 1 || windows > 1L << 60) {
      throw new IllegalArgumentException("windows must be 1 to 2^60, not " + windows);
    }
  }

  /** How many windows of this many inputs a split has: each needs one more token as last target. */
  public static long windowsIn(long tokens, int contextLength) {
    return Math.max(0, (tokens - 1) / contextLength);
  }

  /** The window that is read as this sample. @param sample counted from 0 over all epochs */
  public long window(long sample) {
    if (sample < 0) {
      throw new IllegalArgumentException("sample must not be negative: " + sample);
    }
    long epochKey = mix(seed ^ mix(sample / windows));
    int halfBits = halfBits();
    long window = sample % windows;
    do {
      window = feistel(window, halfBits, epochKey);
    } while (window >= windows);
    return window;
  }

  private static long feistel(long value, int halfBits, long key) {
    long mask = (1L << halfBits) - 1;
    long left = value >>> halfBits;
    long right = value & mask;
    for (int round = 0; round < ROUNDS; round++) {
      long next = left ^ (mix(right + key + round) & mask);
      left = right;
      right = next;
    }
    return left << halfBits | right;
  }

  private int halfBits() {
    int bits = 64 - Long.numberOfLeadingZeros(windows - 1);
    return Math.max(1, (bits + 1) / 2);
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014). */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
