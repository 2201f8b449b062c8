package dev.wrought.cli.demo;

import dev.wrought.proto.events.v1.TrainingStep;
import dev.wrought.proto.trainer.v1.Run;
import dev.wrought.proto.trainer.v1.RunEvent;

/** Adds up a run's steps. The rate is tokens over time, not the mean of the steps' rates. */
final class StepTally {
  private double tokens;
  private double seconds;
  private double firstLoss = Double.NaN;
  private double lastLoss = Double.NaN;

  void add(RunEvent event) {
    if (!event.hasStep()) {
      return;
    }
    TrainingStep step = event.getStep();
    if (step.getTokensPerSecond() > 0) {
      tokens += step.getStepTokens();
      seconds += step.getStepTokens() / step.getTokensPerSecond();
    }
    if (step.hasLoss()) {
      firstLoss = Double.isNaN(firstLoss) ? step.getLoss() : firstLoss;
      lastLoss = step.getLoss();
    }
  }

  /** What the run's own record says, and where it is silent, what its steps said. */
  Trained trained(Run run) {
    return new Trained(
        run,
        seconds > 0 ? tokens / seconds : run.getTokensPerSecond(),
        run.hasFirstLoss() ? run.getFirstLoss() : firstLoss,
        run.hasLoss() ? run.getLoss() : lastLoss);
  }
}
