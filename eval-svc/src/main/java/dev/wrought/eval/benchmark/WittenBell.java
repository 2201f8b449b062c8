package dev.wrought.eval.benchmark;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleConsumer;

/**
 * A trigram model with Witten-Bell smoothing: what counting alone makes of the tokens that a
 * transformer was trained on.
 *
 * <pre>
 *   P(w | h) = (c(h w) + T(h) P(w | h')) / (c(h) + T(h))
 * </pre>
 *
 * where c counts, T(h) is how many different tokens followed h, and h' is h without its oldest
 * token; below the unigram stands 1 / vocabulary. A context never seen says nothing: P(w | h').
 * Source: Witten and Bell 1991, method C; Chen and Goodman 1999, section 2.5.
 *
 * <p>No model is ever held: the probabilities of the text to be scored are carried from order to
 * order. The n-grams of one order are counted in several passes over the training tokens, each for
 * a share of the contexts, so that memory stays below {@link #GRAMS_PER_PASS} whatever the tokens.
 */
final class WittenBell {
  private static final int ORDER = 3;

  /** Three tokens make a positive long. */
  private static final int TOKEN_BITS = 21;

  private static final long TOKEN_MASK = (1L << TOKEN_BITS) - 1;
  private static final long GRAMS_PER_PASS = 1 << 20;

  private final int vocabularySize;
  private final Iterable<int[]> training;
  private final long trainingTokens;
  private final long gramsPerPass;

  /**
   * @param training pieces of token ids: of each, every token but the first is counted, with as
   *     much of its context as the piece has, which is what a model sees of a window
   * @param trainingTokens about how many tokens those are together
   * @throws WroughtException FAILED_PRECONDITION for a vocabulary of more than two million
   */
  WittenBell(int vocabularySize, Iterable<int[]> training, long trainingTokens) {
    this(vocabularySize, training, trainingTokens, GRAMS_PER_PASS);
  }

  WittenBell(int vocabularySize, Iterable<int[]> training, long trainingTokens, long gramsPerPass) {
    if (vocabularySize > TOKEN_MASK) {
      throw new WroughtException(
          ErrorCode.FAILED_PRECONDITION,
          "a trigram model is made of at most %,d tokens, not of %,d"
              .formatted(TOKEN_MASK, vocabularySize));
    }
    this.vocabularySize = vocabularySize;
    this.training = training;
    this.trainingTokens = trainingTokens;
    this.gramsPerPass = gramsPerPass;
  }

  /**
   * The summed negative log-likelihood of documents, in nats.
   *
   * @param prefix the token before every document; it is context only
   * @param progress told the fraction done; what it throws ends the work
   */
  double nats(List<int[]> documents, int prefix, DoubleConsumer progress) {
    Text text = Text.of(documents, prefix);
    double[] probabilities = new double[text.tokens.length];
    Arrays.fill(probabilities, 1.0 / vocabularySize);
    for (int order = 1; order <= ORDER; order++) {
      int passes = order == 1 ? 1 : (int) Math.ceilDiv(trainingTokens + 1, gramsPerPass);
      for (int pass = 0; pass < passes; pass++) {
        refine(probabilities, text, new Share(order, pass, passes));
        progress.accept((order - 1 + (pass + 1.0) / passes) / ORDER);
      }
    }
    double nats = 0;
    for (int i = 0; i < probabilities.length; i++) {
      nats -= text.depths[i] == 0 ? 0 : Math.log(probabilities[i]);
    }
    return nats;
  }

  /** The n-grams that one pass counts: of one order, and of a share of the contexts. */
  private record Share(int order, int pass, int passes) {
    private boolean holds(long context) {
      return passes == 1 || Long.remainderUnsigned(LongIntMap.hash(~context), passes) == pass;
    }

    /** The last tokens up to one, packed into a number. */
    private long gram(int[] tokens, int last) {
      long gram = 0;
      for (int i = last - order + 1; i <= last; i++) {
        gram = gram << TOKEN_BITS | tokens[i];
      }
      return gram;
    }
  }

  /**
   * Documents one after the other, each behind its prefix.
   *
   * @param depths how many tokens of context each has; 0 for the prefixes
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Text(int[] tokens, int[] depths) {
    private static Text of(List<int[]> documents, int prefix) {
      int length = documents.stream().mapToInt(document -> document.length + 1).sum();
      int[] tokens = new int[length];
      int[] depths = new int[length];
      int at = 0;
      for (int[] document : documents) {
        tokens[at] = prefix;
        System.arraycopy(document, 0, tokens, at + 1, document.length);
        for (int depth = 1; depth <= document.length; depth++) {
          depths[at + depth] = depth;
        }
        at += document.length + 1;
      }
      return new Text(tokens, depths);
    }
  }

  private void refine(double[] probabilities, Text text, Share share) {
    LongIntMap grams = count(share);
    LongIntMap contexts = new LongIntMap();
    LongIntMap followers = new LongIntMap();
    grams.forEach((gram, count) -> {
      contexts.add(gram >>> TOKEN_BITS, count);
      followers.add(gram >>> TOKEN_BITS, 1);
    });
    for (int i = 0; i < probabilities.length; i++) {
      if (text.depths[i] == 0 || text.depths[i] < share.order - 1) {
        continue;
      }
      long gram = share.gram(text.tokens, i);
      int context = share.holds(gram >>> TOKEN_BITS) ? contexts.get(gram >>> TOKEN_BITS) : 0;
      if (context > 0) {
        double types = followers.get(gram >>> TOKEN_BITS);
        probabilities[i] = (grams.get(gram) + types * probabilities[i]) / (context + types);
      }
    }
  }

  private LongIntMap count(Share share) {
    LongIntMap grams = new LongIntMap();
    for (int[] piece : training) {
      for (int last = Math.max(1, share.order - 1); last < piece.length; last++) {
        long gram = share.gram(piece, last);
        if (share.holds(gram >>> TOKEN_BITS)) {
          grams.add(gram, 1);
        }
      }
    }
    return grams;
  }
}
