package dev.wrought.core.tokenizer;

import java.util.stream.IntStream;

/**
 * The distinct words of a corpus, and how they are written with a set of pieces. Immutable.
 *
 * <p>Words are divided into as many parts as there are in {@link #PARTS}, whose sums are added up
 * in order: what comes out does not depend on the number of threads.
 */
final class UnigramCorpus {
  private static final int PARTS = 64;

  private final byte[][] words;
  private final long[] counts;

  UnigramCorpus(WordCounts counted) {
    this.words = new byte[counted.distinctWords()][];
    this.counts = new long[words.length];
    for (int word = 0; word < words.length; word++) {
      words[word] = counted.word(word);
      counts[word] = counted.count(word);
    }
  }

  /** How often each piece is to be expected, over all ways to write the words. */
  ExpectedCounts expectedCounts(ScoredPieces pieces) {
    return IntStream.range(0, PARTS)
        .parallel()
        .mapToObj(part -> expectedCounts(part, pieces.expectedCounts()))
        .toList()
        .stream()
        .reduce(pieces.expectedCounts(), ExpectedCounts::plus);
  }

  private ExpectedCounts expectedCounts(int part, ExpectedCounts counter) {
    for (int word = part; word < words.length; word += PARTS) {
      counter.add(words[word], counts[word]);
    }
    return counter;
  }

  /** How often each piece is in the best ways to write the words. */
  long[] uses(ScoredPieces pieces) {
    return IntStream.range(0, PARTS)
        .parallel()
        .mapToObj(part -> uses(part, pieces))
        .reduce(new long[pieces.size()], UnigramCorpus::sum);
  }

  private long[] uses(int part, ScoredPieces pieces) {
    long[] uses = new long[pieces.size()];
    BestPath path = pieces.bestPath();
    for (int word = part; word < words.length; word += PARTS) {
      int count = path.encode(words[word], 0, words[word].length);
      for (int i = 0; i < count; i++) {
        if (path.ids()[i] < uses.length) {
          uses[path.ids()[i]] += counts[word];
        }
      }
    }
    return uses;
  }

  private static long[] sum(long[] a, long[] b) {
    return IntStream.range(0, a.length).mapToLong(i -> a[i] + b[i]).toArray();
  }
}
