package dev.wrought.trainer.loop;

/**
 * A measurement on held-out text.
 *
 * @param dataset {@code name@digest}; of several, the first {@code and N more}
 * @param nats summed negative log-likelihood of all tokens
 * @param bytes of UTF-8 that the tokens stand for
 */
public record HeldOutLoss(
    int step, String dataset, double nats, long tokens, long bytes, long totalTokens) {
  /** Nats per token. */
  public double loss() {
    return nats / tokens;
  }
}
