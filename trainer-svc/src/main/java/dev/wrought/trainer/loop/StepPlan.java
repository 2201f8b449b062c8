package dev.wrought.trainer.loop;

import dev.wrought.core.recipe.RunDuration;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * How many steps a run takes. Tokens and Chinchilla multiples are rounded up to whole steps. A
 * duration in time becomes a number of steps once {@value #MEASURED_STEPS} of them were measured
 * and a twentieth of the time has passed, or a quarter of it whatever was measured; from then on it
 * is fixed, and a resumed run keeps it. The first steps, in which everything is warmed up, are not
 * counted.
 */
public final class StepPlan {
  static final int MEASURED_STEPS = 20;
  static final int WARM_STEPS = 3;

  private OptionalInt planned;
  private final double secondsAllowed;
  private final double overhead;
  private int measured;
  private double measuredSeconds;

  private StepPlan(OptionalInt planned, double secondsAllowed, double overhead) {
    this.planned = planned;
    this.secondsAllowed = secondsAllowed;
    this.overhead = overhead;
  }

  /**
   * The plan of a duration.
   *
   * @param overhead time that the run spends beside its steps (held-out measurements), as a share
   *     of the steps' own
   */
  public static StepPlan of(
      RunDuration duration, long tokensPerStep, long parameters, double overhead) {
    return switch (duration) {
      case RunDuration.Steps(int steps) -> fixed(steps);
      case RunDuration.Tokens(long tokens) -> fixed(Math.ceilDiv(tokens, tokensPerStep));
      case RunDuration.Chinchilla chinchilla ->
          fixed(Math.ceilDiv(chinchilla.tokens(parameters), tokensPerStep));
      case RunDuration.Time(Duration time) ->
          new StepPlan(OptionalInt.empty(), time.toMillis() / 1e3, overhead);
    };
  }

  /** A plan that is made already: of so many steps. */
  public static StepPlan fixed(long steps) {
    int planned = (int) Math.min(Integer.MAX_VALUE, Math.max(1, steps));
    return new StepPlan(OptionalInt.of(planned), 0, 0);
  }

  /** The last step; empty while it is not known. */
  public OptionalInt planned() {
    return planned;
  }

  /** Whether so many steps are all. */
  public boolean isDone(int steps) {
    return planned.isPresent() && steps >= planned.getAsInt();
  }

  /**
   * Learns what a step took.
   *
   * @param steps done so far, this one included
   * @param seconds that it took
   * @param totalSeconds that all steps of the run took, those of earlier starts included
   */
  public void measure(int steps, double seconds, double totalSeconds) {
    if (planned.isPresent()) {
      return;
    }
    measured++;
    if (measured > WARM_STEPS) {
      measuredSeconds += seconds;
    }
    boolean enough =
        measured >= MEASURED_STEPS && totalSeconds >= secondsAllowed / 20
            || totalSeconds >= secondsAllowed / 4;
    if (enough && measured > WARM_STEPS) {
      double perStep = measuredSeconds / (measured - WARM_STEPS) * (1 + overhead);
      long left = Math.round((secondsAllowed - totalSeconds) / perStep);
      planned = OptionalInt.of((int) Math.min(Integer.MAX_VALUE, steps + Math.max(1, left)));
    }
  }
}
