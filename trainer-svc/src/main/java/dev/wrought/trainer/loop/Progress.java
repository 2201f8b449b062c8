package dev.wrought.trainer.loop;

import java.util.OptionalDouble;

/**
 * How far a run has come, at the end of a step.
 *
 * @param step optimizer steps done
 * @param samples sequences consumed: the position in the data order
 * @param totalTokens tokens consumed
 * @param firstLoss of the first step whose loss was finite
 * @param loss of the newest step whose loss was finite
 * @param validationLoss the newest held-out loss, nats per token
 * @param seconds spent in steps, over all starts
 */
public record Progress(
    int step,
    long samples,
    long totalTokens,
    OptionalDouble firstLoss,
    OptionalDouble loss,
    OptionalDouble validationLoss,
    double learningRate,
    double seconds) {

  /** Nothing done yet. */
  public static final Progress NONE =
      new Progress(
          0, 0, 0, OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), 0, 0);

  Progress after(StepReport report, int sequences, double stepSeconds) {
    OptionalDouble newest = report.nonFinite() ? loss : OptionalDouble.of(report.loss());
    return new Progress(
        report.step(),
        samples + sequences,
        report.totalTokens(),
        firstLoss.isPresent() ? firstLoss : newest,
        newest,
        validationLoss,
        report.learningRate(),
        seconds + stepSeconds);
  }

  Progress withValidationLoss(double nats) {
    return new Progress(
        step,
        samples,
        totalTokens,
        firstLoss,
        loss,
        Double.isFinite(nats) ? OptionalDouble.of(nats) : OptionalDouble.empty(),
        learningRate,
        seconds);
  }
}
