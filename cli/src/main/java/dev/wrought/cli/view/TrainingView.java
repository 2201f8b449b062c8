package dev.wrought.cli.view;

import dev.wrought.cli.terminal.Amounts;
import dev.wrought.cli.terminal.Progress;
import dev.wrought.cli.terminal.Terminal;
import dev.wrought.proto.events.v1.CheckpointPublished;
import dev.wrought.proto.events.v1.LifecycleChanged;
import dev.wrought.proto.events.v1.TrainingStep;
import dev.wrought.proto.events.v1.ValidationResult;
import dev.wrought.proto.trainer.v1.RunEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A run as it is watched: one line that moves with the steps, and lines that stay for held-out
 * losses, checkpoints and changes of state. Past events of a long run are passed over quickly.
 */
public final class TrainingView implements AutoCloseable {
  private static final double LN2 = Math.log(2);
  private static final double SMOOTHING = 0.1;

  private final Terminal terminal;
  private final Progress progress;
  private int plannedSteps;
  private int checkpointStep;
  private double secondsPerStep;

  public TrainingView(Terminal terminal, String run) {
    this.terminal = terminal;
    this.progress = new Progress(terminal, run);
  }

  public void show(RunEvent event) {
    switch (event.getEventCase()) {
      case STEP -> step(event.getStep());
      case VALIDATION -> validation(event.getValidation());
      case CHECKPOINT -> checkpoint(event.getCheckpoint());
      case LIFECYCLE -> lifecycle(event.getLifecycle());
      case EVENT_NOT_SET -> {}
    }
  }

  private void step(TrainingStep step) {
    plannedSteps = Math.max(plannedSteps, step.getPlannedSteps());
    double fraction = plannedSteps > 0 ? (double) step.getStep() / plannedSteps : Double.NaN;
    progress.update(fraction, detail(step), remaining(step));
  }

  /** The most important first: a narrow terminal shows as many as fit. */
  private String detail(TrainingStep step) {
    List<String> words = new ArrayList<>();
    words.add("step " + step.getStep() + (plannedSteps > 0 ? "/" + plannedSteps : ""));
    words.add("loss " + Words.optional(step.hasLoss(), step.getLoss(), 3));
    words.add("lr " + rate(step.getLearningRate()));
    words.add(Amounts.count(Math.round(step.getTokensPerSecond())) + " tok/s");
    words.add("norm " + Words.optional(step.hasGradientNorm(), step.getGradientNorm(), 2));
    if (step.getMfu() > 0) {
      words.add("mfu " + percent(step.getMfu()));
    }
    words.add("wait " + percent(step.getDataWait()));
    if (checkpointStep > 0) {
      words.add("saved at " + checkpointStep);
    }
    return String.join("  ", words);
  }

  /** By the last steps' speed, about ten of them, so that one slow step alarms nobody. */
  private Duration remaining(TrainingStep step) {
    if (plannedSteps == 0 || !(step.getTokensPerSecond() > 0)) {
      return Duration.ofSeconds(-1);
    }
    double seconds = step.getStepTokens() / step.getTokensPerSecond();
    secondsPerStep += (secondsPerStep == 0 ? 1 : SMOOTHING) * (seconds - secondsPerStep);
    return Duration.ofMillis(Math.round(1000 * (plannedSteps - step.getStep()) * secondsPerStep));
  }

  private void validation(ValidationResult result) {
    if (!result.hasNats()) {
      stay("step %d  held-out loss is not finite".formatted(result.getStep()));
      return;
    }
    stay(
        "step %d  held-out loss %s, perplexity %s, %s bits per byte"
            .formatted(
                result.getStep(),
                Amounts.decimal(result.getNats() / result.getTokens(), 4),
                Amounts.decimal(Math.exp(result.getNats() / result.getTokens()), 1),
                Amounts.decimal(result.getNats() / LN2 / result.getBytes(), 3)));
  }

  private void checkpoint(CheckpointPublished checkpoint) {
    checkpointStep = checkpoint.getStep();
    stay(
        "step %d  checkpoint, %s"
            .formatted(checkpoint.getStep(), Amounts.bytes(checkpoint.getSizeBytes())));
  }

  private void lifecycle(LifecycleChanged change) {
    String text = change.getState().toLowerCase(Locale.ROOT) + " (" + change.getReason() + ")";
    stay(change.getMessage().isEmpty() ? text : text + ": " + change.getMessage());
  }

  private void stay(String line) {
    progress.clear();
    terminal.note(line);
  }

  /** {@code 6.0e-4}. */
  private static String rate(double learningRate) {
    return String.format(Locale.ROOT, "%.1e", learningRate).replaceFirst("e([+-])0", "e$1");
  }

  private static String percent(double share) {
    return Amounts.decimal(100 * share, 1) + "%";
  }

  @Override
  public void close() {
    progress.close();
  }
}
