package dev.wrought.trainer.schedule;

import java.util.OptionalInt;

/**
 * A linear warm-up, then half a cosine from 1 down to {@code finalFraction} at the last planned
 * step. A run shorter than its warm-up spends a tenth of its steps on it instead. Source:
 * Loshchilov and Hutter 2017; final fraction 0.1 as in Brown et al. 2020.
 *
 * @param warmupSteps 0 or more
 * @param finalFraction 0 to 1
 */
record CosineSchedule(int warmupSteps, double finalFraction) implements LearningRateSchedule {
  @Override
  public double factor(int step, OptionalInt plannedSteps) {
    int planned = plannedSteps.orElse(Integer.MAX_VALUE);
    Warmup warmup = new Warmup(warmupSteps < planned ? warmupSteps : planned / 10);
    if (warmup.covers(step)) {
      return warmup.factor(step);
    }
    if (plannedSteps.isEmpty()) {
      return 1.0;
    }
    double progress = Math.min(1.0, (step - warmup.steps()) / (double) (planned - warmup.steps()));
    return finalFraction + (1 - finalFraction) * 0.5 * (1 + Math.cos(Math.PI * progress));
  }
}
