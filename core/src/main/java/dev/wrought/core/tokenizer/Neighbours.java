package dev.wrought.core.tokenizer;

/**
 * How often which tokens stand beside a pair that is being merged. When {@code l r} becomes {@code
 * n}, each {@code x} before it makes a pair {@code x l} into {@code x n}, each {@code y} behind it
 * {@code r y} into {@code n y}, and two of them side by side make {@code r l} into {@code n n}. No
 * other pair's count changes. For one thread.
 */
final class Neighbours {
  private final Side before;
  private final Side behind;
  private long twins;
  private int twinsEntry = PairCounts.NONE;

  /** The tokens on one side, each with how often it stands there. */
  private static final class Side {
    private final long[] counts;
    private final int[] entries;
    private final int[] tokens;
    private int size;

    Side(int vocabularySize) {
      counts = new long[vocabularySize];
      entries = new int[vocabularySize];
      tokens = new int[vocabularySize];
    }

    void count(int token, long times) {
      if (counts[token] == 0) {
        tokens[size++] = token;
      }
      counts[token] += times;
    }

    void clear() {
      for (int i = 0; i < size; i++) {
        counts[tokens[i]] = 0;
      }
      size = 0;
    }
  }

  /**
   * @param vocabularySize ids that there will be at most
   */
  Neighbours(int vocabularySize) {
    before = new Side(vocabularySize);
    behind = new Side(vocabularySize);
  }

  /** Counts a token before the pair. */
  void before(int token, long times) {
    before.count(token, times);
  }

  /** Counts a token behind the pair. */
  void behind(int token, long times) {
    behind.count(token, times);
  }

  /** Counts a place where the pair stands twice in a row. */
  void twins(long times) {
    twins += times;
  }

  /**
   * Takes the counts from the old pairs and gives them to the new ones.
   *
   * @return whether any new one is frequent enough
   */
  boolean moveCounts(int left, int right, int merged, FrequentPairs pairs) {
    boolean frequent = false;
    for (int i = 0; i < before.size; i++) {
      int token = before.tokens[i];
      long count = before.counts[token];
      pairs.subtract(PairCounts.pair(token, left), count);
      before.entries[token] = pairs.offer(PairCounts.pair(token, merged), count);
      frequent |= before.entries[token] != PairCounts.NONE;
    }
    for (int i = 0; i < behind.size; i++) {
      int token = behind.tokens[i];
      long count = behind.counts[token];
      pairs.subtract(PairCounts.pair(right, token), count);
      behind.entries[token] = pairs.offer(PairCounts.pair(merged, token), count);
      frequent |= behind.entries[token] != PairCounts.NONE;
    }
    pairs.subtract(PairCounts.pair(right, left), twins);
    twinsEntry = pairs.offer(PairCounts.pair(merged, merged), twins);
    return frequent || twinsEntry != PairCounts.NONE;
  }

  /** The entry of the new pair with this token before it. */
  int entryBefore(int token) {
    return before.entries[token];
  }

  /** The entry of the new pair with this token behind it. */
  int entryBehind(int token) {
    return behind.entries[token];
  }

  /** The entry of the new token's pair with itself. */
  int twinsEntry() {
    return twinsEntry;
  }

  /** Forgets everything, for the next merge. */
  void clear() {
    before.clear();
    behind.clear();
    twins = 0;
  }
}
