package dev.wrought.eval.store;

import dev.wrought.eval.loss.HeldOutMetric;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A run as its events tell it.
 *
 * @param id the store's
 * @param created, updated times of its first and last event
 * @param epoch how often it was started
 * @param parameters of the model; 0: not said yet
 */
public record RunView(
    long id,
    String uid,
    String name,
    Instant created,
    Instant updated,
    int epoch,
    double parameters,
    State state,
    Optional<Progress> progress,
    Optional<HeldOut> heldOut) {

  /** Its newest change of state. */
  public record State(String state, String reason, String message) {
    /** No lifecycle event has arrived so far. */
    static final State UNKNOWN = new State("UNKNOWN", "", "");
  }

  /**
   * Its last step.
   *
   * @param plannedSteps 0: not known yet
   * @param secondsPerStep lately, with all that happens between steps; empty after the first step
   *     of a start
   */
  public record Progress(
      int step,
      int plannedSteps,
      OptionalDouble loss,
      double stepTokens,
      double totalTokens,
      double tokensPerSecond,
      OptionalDouble secondsPerStep) {
    /** Seconds to the last planned step; empty where that cannot be told. */
    public OptionalDouble remainingSeconds() {
      return plannedSteps == 0 || secondsPerStep.isEmpty()
          ? OptionalDouble.empty()
          : OptionalDouble.of(Math.max(0, plannedSteps - step) * secondsPerStep.getAsDouble());
    }
  }

  /** Its last held-out loss. @param nats NaN where it was not finite */
  public record HeldOut(int step, double nats, double tokens, double bytes) {
    /** What follows from it; empty where it was not finite. */
    public OptionalDouble value(HeldOutMetric metric) {
      return metric.of(nats, tokens, bytes);
    }
  }
}
