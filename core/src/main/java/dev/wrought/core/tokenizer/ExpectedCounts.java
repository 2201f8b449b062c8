package dev.wrought.core.tokenizer;

import dev.wrought.core.text.Utf8;
import java.util.Arrays;

/**
 * How often each piece is to be expected in a corpus under a unigram model: over all ways to divide
 * each word, by their probabilities. For one thread; several are {@link #plus added} together.
 *
 * <p>Source: Kudo 2018, section 3.2; the forward-backward algorithm, Baum et al. 1970.
 */
final class ExpectedCounts {
  private final PieceTrie trie;
  private final double[] scores;
  private final double unknownScore;
  private final double[] counts;
  private double logLikelihood;

  /** By place in the word: the logarithm of the sum of all ways to it, and from it to the end. */
  private double[] forward = new double[64];

  private double[] backward = new double[64];

  /**
   * @param scores log-probabilities by piece
   */
  ExpectedCounts(PieceTrie trie, double[] scores, double unknownScore) {
    this.trie = trie;
    this.scores = scores;
    this.unknownScore = unknownScore;
    this.counts = new double[scores.length];
  }

  /** The sum of all words' log-probabilities, each as often as it occurs. */
  double logLikelihood() {
    return logLikelihood;
  }

  double count(int piece) {
    return counts[piece];
  }

  /** These counts, with another's added. */
  ExpectedCounts plus(ExpectedCounts other) {
    for (int piece = 0; piece < counts.length; piece++) {
      counts[piece] += other.counts[piece];
    }
    logLikelihood += other.logLikelihood;
    return this;
  }

  /** Takes a word in. */
  void add(byte[] word, long times) {
    if (forward.length <= word.length) {
      forward = new double[word.length + 64];
      backward = new double[word.length + 64];
    }
    Arrays.fill(forward, 0, word.length + 1, Double.NEGATIVE_INFINITY);
    Arrays.fill(backward, 0, word.length + 1, Double.NEGATIVE_INFINITY);
    forward[0] = 0;
    walk(word, (from, to, _, score) -> forward[to] = logSum(forward[to], forward[from] + score));
    backward[word.length] = 0;
    for (int from = word.length - 1; from >= 0; from--) {
      extend(
          word,
          from,
          (at, to, _, score) -> backward[at] = logSum(backward[at], backward[to] + score));
    }
    double all = forward[word.length];
    walk(
        word,
        (from, to, piece, score) -> {
          if (piece >= 0) {
            counts[piece] += times * Math.exp(forward[from] + score + backward[to] - all);
          }
        });
    logLikelihood += times * all;
  }

  /** Takes a piece that lies between two places of a word; -1: an unknown character. */
  private interface Edge {
    void take(int from, int to, int piece, double score);
  }

  private void walk(byte[] word, Edge edge) {
    for (int from = 0; from < word.length; from++) {
      if (forward[from] != Double.NEGATIVE_INFINITY) {
        extend(word, from, edge);
      }
    }
  }

  private void extend(byte[] word, int from, Edge edge) {
    if (forward[from] == Double.NEGATIVE_INFINITY) {
      return;
    }
    int character = from + Math.max(1, Utf8.lengthAt(word, from, word.length));
    boolean single = false;
    int node = PieceTrie.ROOT;
    for (int to = from; to < word.length; to++) {
      node = trie.child(node, word[to]);
      if (node == PieceTrie.NONE) {
        break;
      }
      int piece = trie.piece(node);
      if (piece != PieceTrie.NONE) {
        single |= to + 1 == character;
        edge.take(from, to + 1, piece, scores[piece]);
      }
    }
    if (!single) {
      edge.take(from, character, -1, unknownScore);
    }
  }

  private static double logSum(double a, double b) {
    if (a == Double.NEGATIVE_INFINITY) {
      return b;
    }
    double larger = Math.max(a, b);
    return larger + Math.log1p(Math.exp(Math.min(a, b) - larger));
  }
}
