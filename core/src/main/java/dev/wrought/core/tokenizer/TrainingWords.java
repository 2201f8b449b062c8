package dev.wrought.core.tokenizer;

/**
 * The distinct words of a corpus as tokens while merges are learnt. All lie in one array; a word
 * that shrinks leaves its room empty. For one thread.
 */
final class TrainingWords {
  private final int[] tokens;
  private final int[] starts;
  private final int[] lengths;
  private final long[] counts;

  TrainingWords(WordCounts words) {
    int count = words.distinctWords();
    tokens = new int[Math.toIntExact(words.distinctBytes())];
    starts = new int[count];
    lengths = new int[count];
    counts = new long[count];
    int[] byteIds = byteIds();
    int at = 0;
    for (int word = 0; word < count; word++) {
      byte[] bytes = words.word(word);
      starts[word] = at;
      lengths[word] = bytes.length;
      counts[word] = words.count(word);
      for (byte value : bytes) {
        tokens[at++] = byteIds[value & 0xFF];
      }
    }
  }

  private static int[] byteIds() {
    int[] ids = new int[ByteAlphabet.SIZE];
    byte[][] ordered = ByteAlphabet.inOrder();
    for (int id = 0; id < ordered.length; id++) {
      ids[ordered[id][0] & 0xFF] = id;
    }
    return ids;
  }

  /** Counts the pairs of neighbours in all words. */
  PairCounts countPairs() {
    PairCounts pairs = new PairCounts();
    for (int word = 0; word < starts.length; word++) {
      for (int at = starts[word]; at + 1 < starts[word] + lengths[word]; at++) {
        pairs.add(tokens[at], tokens[at + 1], counts[word], word);
      }
    }
    return pairs;
  }

  /** Replaces a pair by a token wherever it occurs, and keeps the counts of its neighbours. */
  void merge(long pair, int merged, PairCounts pairs) {
    for (int word : pairs.takeWords(pair)) {
      mergeIn(word, pair, merged, pairs);
    }
    pairs.reset(pair);
  }

  /** One pass over the word: it is read at {@code at} and written at {@code end}, never ahead. */
  private void mergeIn(int word, long pair, int merged, PairCounts pairs) {
    int left = PairCounts.left(pair);
    int right = PairCounts.right(pair);
    long count = counts[word];
    int start = starts[word];
    int limit = start + lengths[word];
    int end = start;
    for (int at = start; at < limit; at++) {
      if (tokens[at] != left || at + 1 == limit || tokens[at + 1] != right) {
        tokens[end++] = tokens[at];
        continue;
      }
      if (end > start) {
        pairs.subtract(tokens[end - 1], left, count);
        pairs.add(tokens[end - 1], merged, count, word);
      }
      if (at + 2 < limit) {
        pairs.subtract(right, tokens[at + 2], count);
        pairs.add(merged, tokens[at + 2], count, word);
      }
      tokens[end++] = merged;
      at++;
    }
    lengths[word] = end - start;
  }
}
