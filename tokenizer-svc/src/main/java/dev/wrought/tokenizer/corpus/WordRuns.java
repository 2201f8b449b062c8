package dev.wrought.tokenizer.corpus;

/** The runs of n words of a text, and how much of it they repeat. For one thread. */
final class WordRuns {
  /** Odd, so that runs of the same words in another order differ. */
  private static final long BASE = 0xD1342543DE82EF95L;

  private final WordSpans words;
  private final long[] hashes;
  private final long characters;

  private WordRuns(WordSpans words) {
    this.words = words;
    this.hashes = words.hashes();
    this.characters = words.characters();
  }

  static WordRuns of(String text) {
    return new WordRuns(WordSpans.of(text));
  }

  /** The share of the characters that lie in the run that occurs most often; 0 if none recurs. */
  double topShare(int n) {
    LongIndex index = new LongIndex(hashes.length);
    int[] counts = new int[hashes.length];
    int[] ends = new int[hashes.length];
    long top = 0;
    long highest = power(n - 1);
    long run = 0;
    for (int last = 0; last < hashes.length; last++) {
      run = next(run, last, n, highest);
      int first = last - n + 1;
      if (first < 0) {
        continue;
      }
      int number = index.add(run);
      if (counts[number] == 0 || ends[number] <= first) { // "ha ha ha" holds "ha ha" once
        counts[number]++;
        ends[number] = last + 1;
      }
      if (counts[number] > 1) {
        top = Math.max(top, counts[number] * length(first, last + 1));
      }
    }
    return share(top);
  }

  /** The share of the characters that lie in runs that came before. */
  double duplicateShare(int n) {
    LongIndex index = new LongIndex(hashes.length);
    long duplicate = 0;
    int counted = 0; // words before this one are not counted again
    long highest = power(n - 1);
    long run = 0;
    for (int last = 0; last < hashes.length; last++) {
      run = next(run, last, n, highest);
      int first = last - n + 1;
      if (first < 0) {
        continue;
      }
      int before = index.size();
      if (index.add(run) < before) {
        duplicate += length(Math.max(first, counted), last + 1);
        counted = last + 1;
      }
    }
    return share(duplicate);
  }

  /**
   * The hash of the n words up to this one, from that of the n words before it.
   *
   * @param highest the factor of the first of n
   */
  private long next(long run, int last, int n, long highest) {
    long gone = last >= n ? hashes[last - n] : 0;
    return (run - gone * highest) * BASE + hashes[last];
  }

  private static long power(int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= BASE;
    }
    return power;
  }

  private long length(int from, int to) {
    long length = 0;
    for (int word = from; word < to; word++) {
      length += words.length(word);
    }
    return length;
  }

  private double share(long part) {
    return characters == 0 ? 0 : (double) part / characters;
  }
}
