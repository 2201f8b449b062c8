package dev.wrought.eval.loss;

/**
 * A point of a curve.
 *
 * @param step of the optimizer
 * @param epoch which start of the run measured it
 * @param tokens trained on until then
 * @param timeMillis when, since 1970
 * @param value finite in a curve
 */
public record CurvePoint(int step, int epoch, double tokens, long timeMillis, double value) {
  /** The same place with another value. */
  public CurvePoint with(double other) {
    return new CurvePoint(step, epoch, tokens, timeMillis, other);
  }
}
