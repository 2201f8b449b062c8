package dev.wrought.trainer.schedule;

import java.util.OptionalInt;

/**
 * The learning rate of each step as a share of the optimizer's peak. A pure function, so that a
 * resumed run goes on with exactly the rates that it would have had. Thread-safe.
 */
@FunctionalInterface
public interface LearningRateSchedule {
  /**
   * The factor of a step.
   *
   * @param step the step about to be taken, 1 being the first
   * @param plannedSteps the last step; empty while a duration in time has not been measured yet,
   *     which is early in a run: then only a warm-up can be followed
   * @return 0 or more, usually at most 1
   */
  double factor(int step, OptionalInt plannedSteps);
}
