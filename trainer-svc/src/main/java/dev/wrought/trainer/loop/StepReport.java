package dev.wrought.trainer.loop;

import java.util.OptionalInt;

/**
 * One optimizer step, as it is told to others.
 *
 * @param step 1 is the first
 * @param loss nats per token; may be NaN or infinite
 * @param gradientNorm before clipping; may be NaN or infinite
 * @param tokens of this step
 * @param totalTokens since the start of the run
 * @param dataWait share of the step spent waiting for data, 0 to 1
 * @param firstSample position of its first sequence in the data order
 */
public record StepReport(
    int step,
    double loss,
    double learningRate,
    double gradientNorm,
    long tokens,
    long totalTokens,
    double tokensPerSecond,
    double dataWait,
    OptionalInt plannedSteps,
    long firstSample) {

  /** The loss or the gradient norm was NaN or infinite. */
  public boolean nonFinite() {
    return !Double.isFinite(loss) || !Double.isFinite(gradientNorm);
  }
}
