package dev.wrought.trainer.run;

import dev.wrought.proto.events.v1.CheckpointPublished;
import dev.wrought.proto.events.v1.TrainingStep;
import dev.wrought.proto.events.v1.ValidationResult;
import dev.wrought.proto.trainer.v1.RunEvent;
import java.util.OptionalDouble;

/**
 * What a run's events tell of it so far.
 *
 * @param sequence how far the events were read
 */
public record RunProgress(long sequence, Pace pace, Losses losses, Saved saved) {

  /** Nothing has happened yet. */
  public static final RunProgress NONE =
      new RunProgress(
          0,
          new Pace(0, 0, 0, 0, 0),
          new Losses(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty()),
          new Saved("", "", 0));

  /**
   * How far and how fast.
   *
   * @param plannedSteps 0: not known yet
   * @param secondsPerStep smoothed over about ten steps; 0: none taken yet
   */
  public record Pace(
      int step, int plannedSteps, long totalTokens, double tokensPerSecond, double secondsPerStep) {
    private static final double SMOOTHING = 0.1;

    /** Seconds to the planned end, where both the end and the speed are known. */
    public OptionalDouble remainingSeconds() {
      return plannedSteps > 0 && secondsPerStep > 0
          ? OptionalDouble.of(Math.max(0, plannedSteps - step) * secondsPerStep)
          : OptionalDouble.empty();
    }

    Pace after(TrainingStep event) {
      double speed = event.getTokensPerSecond();
      double seconds = speed > 0 ? event.getStepTokens() / speed : secondsPerStep;
      return new Pace(
          event.getStep(),
          event.getPlannedSteps(),
          (long) event.getTotalTokens(),
          speed,
          secondsPerStep == 0 ? seconds : secondsPerStep + SMOOTHING * (seconds - secondsPerStep));
    }
  }

  /** Nats per token: the newest, the first, the newest on held-out text. */
  public record Losses(OptionalDouble loss, OptionalDouble first, OptionalDouble validation) {
    Losses after(TrainingStep event) {
      OptionalDouble newest = event.hasLoss() ? OptionalDouble.of(event.getLoss()) : loss;
      return new Losses(newest, first.isPresent() ? first : newest, validation);
    }

    Losses after(ValidationResult event) {
      return event.hasNats() && event.getTokens() > 0
          ? new Losses(loss, first, OptionalDouble.of(event.getNats() / event.getTokens()))
          : this;
    }
  }

  /** The newest checkpoint: where, its digest, its step; empty where there is none. */
  public record Saved(String path, String digest, int step) {
    static Saved of(CheckpointPublished event) {
      return new Saved(event.getLocation(), event.getDigest(), event.getStep());
    }
  }

  /** The same, read further. */
  RunProgress at(long newSequence) {
    return new RunProgress(newSequence, pace, losses, saved);
  }

  /** What is known after one more event. */
  RunProgress after(RunEvent event) {
    long next = event.getSequence();
    return switch (event.getEventCase()) {
      case STEP ->
          new RunProgress(next, pace.after(event.getStep()), losses.after(event.getStep()), saved);
      case VALIDATION -> new RunProgress(next, pace, losses.after(event.getValidation()), saved);
      case CHECKPOINT -> new RunProgress(next, pace, losses, Saved.of(event.getCheckpoint()));
      case LIFECYCLE, EVENT_NOT_SET -> new RunProgress(next, pace, losses, saved);
    };
  }
}
