package dev.wrought.serving.scoring;

/**
 * What the model thinks of an item.
 *
 * @param tokenLogLikelihoods of each token of the continuation, in nats
 * @param greedy whether each of them is the likeliest
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over once, never compared.
public record ItemScore(double[] tokenLogLikelihoods, boolean greedy) {

  /** Of the whole continuation, in nats. */
  public double logLikelihood() {
    double sum = 0;
    for (double token : tokenLogLikelihoods) {
      sum += token;
    }
    return sum;
  }
}
