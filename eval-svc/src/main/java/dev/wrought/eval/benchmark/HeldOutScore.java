package dev.wrought.eval.benchmark;

import java.util.Optional;

/**
 * What a model needs for held-out documents.
 *
 * @param tokens of the documents, ends of text not counted
 * @param nats summed negative log-likelihood
 * @param baselines where they were asked for
 */
public record HeldOutScore(
    long documents,
    long tokens,
    long bytes,
    double nats,
    double bitsPerByte,
    Optional<Baselines> baselines) {

  /**
   * What others need for exactly the same bytes.
   *
   * @param gzipBitsPerByte of {@code gzip -9} on the documents one after the other
   * @param trigramBitsPerByte of a trigram model
   * @param trigramTokens that it was fitted on: those that the model was trained on
   */
  public record Baselines(double gzipBitsPerByte, double trigramBitsPerByte, long trigramTokens) {}
}
