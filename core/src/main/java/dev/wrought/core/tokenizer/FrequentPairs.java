package dev.wrought.core.tokenizer;

import java.util.Arrays;
import java.util.PriorityQueue;

/**
 * The pairs of which one is merged next: all that occur {@code floor} times or more, and the words
 * that they are in. The most frequent comes first; of equally frequent ones the one with the lowest
 * ids.
 *
 * <p>Counts sink while other pairs are merged, and the queue is not told: what it holds may be too
 * high, and is put right when it comes to the top. Likewise the words of a pair may include some
 * that it has gone from. For one thread.
 */
final class FrequentPairs {
  /** A pair with the count that it had when it was queued. */
  private record Candidate(long count, long pair) implements Comparable<Candidate> {
    @Override
    public int compareTo(Candidate other) {
      int byCount = Long.compare(other.count, count);
      return byCount != 0 ? byCount : Long.compare(pair, other.pair);
    }
  }

  private static final int[] NO_WORDS = {};

  private final long floor;
  private final PairCounts counts = new PairCounts();
  private final PriorityQueue<Candidate> queue = new PriorityQueue<>();

  /** By entry of the counts: numbers of words, of which the first so many are in use. */
  private int[][] words = new int[1 << 10][];

  private int[] wordCounts = new int[1 << 10];

  FrequentPairs(long floor) {
    this.floor = floor;
  }

  /** Takes in a pair, if it is frequent enough. @return its entry, or {@link PairCounts#NONE} */
  int offer(long pair, long count) {
    if (count < floor) {
      return PairCounts.NONE;
    }
    int entry = counts.add(pair, count);
    if (entry == words.length) {
      words = Arrays.copyOf(words, 2 * entry);
      wordCounts = Arrays.copyOf(wordCounts, 2 * entry);
    }
    words[entry] = NO_WORDS;
    queue.add(new Candidate(count, pair));
    return entry;
  }

  /** The entry of a pair, or {@link PairCounts#NONE} if it is not frequent enough. */
  int find(long pair) {
    return counts.find(pair);
  }

  /**
   * Notes that a pair is in a word, unless it is {@link PairCounts#NONE}. Words come in ascending
   * order.
   */
  void locate(int entry, int word) {
    if (entry == PairCounts.NONE) {
      return;
    }
    int count = wordCounts[entry];
    if (count > 0 && words[entry][count - 1] == word) {
      return;
    }
    if (count == words[entry].length) {
      words[entry] = Arrays.copyOf(words[entry], Math.max(2, count + (count >> 1)));
    }
    words[entry][count] = word;
    wordCounts[entry]++;
  }

  /** Takes occurrences away from a pair, if it is one of these. */
  void subtract(long pair, long times) {
    if (counts.find(pair) != PairCounts.NONE) {
      counts.add(pair, -times);
    }
  }

  /** Whether there is a pair that is frequent enough still. */
  boolean hasNext() {
    for (Candidate top = queue.peek(); top != null && top.count >= floor; top = queue.peek()) {
      long count = counts.count(counts.find(top.pair));
      if (count == top.count) {
        return true;
      }
      queue.remove();
      queue.add(new Candidate(count, top.pair));
    }
    return false;
  }

  /** Takes out the first pair. Needs {@link #hasNext}. */
  long next() {
    return queue.remove().pair;
  }

  /** Takes out the words that a pair is in: it is about to be merged there. */
  int[] takeWords(long pair) {
    int entry = counts.find(pair);
    int[] taken = Arrays.copyOf(words[entry], wordCounts[entry]);
    words[entry] = NO_WORDS;
    wordCounts[entry] = 0;
    return taken;
  }
}
