package dev.wrought.eval.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.wrought.eval.loss.HeldOutMetric;
import dev.wrought.eval.store.RunView;
import dev.wrought.eval.store.RunView.Progress;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A run as the page shows it. What is not known is left out.
 *
 * @param created, updated milliseconds since 1970, of its first and last event
 * @param starts how often it was started
 * @param remainingSeconds of a run that is running
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record RunJson(
    String uid,
    String name,
    String state,
    String reason,
    String message,
    int starts,
    double parameters,
    long created,
    long updated,
    int step,
    int plannedSteps,
    double tokens,
    OptionalDouble tokensPerSecond,
    OptionalDouble loss,
    OptionalDouble heldOutLoss,
    OptionalDouble perplexity,
    OptionalDouble bitsPerByte,
    OptionalDouble remainingSeconds) {
  private static final String RUNNING = "RUNNING";

  static RunJson of(RunView run) {
    Optional<Progress> progress = run.progress();
    return new RunJson(
        run.uid(),
        run.name(),
        run.state().state(),
        run.state().reason(),
        run.state().message(),
        run.epoch(),
        run.parameters(),
        run.created().toEpochMilli(),
        run.updated().toEpochMilli(),
        progress.map(Progress::step).orElse(0),
        progress.map(Progress::plannedSteps).orElse(0),
        progress.map(Progress::totalTokens).orElse(0.0),
        progress.map(p -> OptionalDouble.of(p.tokensPerSecond())).orElseGet(OptionalDouble::empty),
        progress.map(Progress::loss).orElseGet(OptionalDouble::empty),
        heldOut(run, HeldOutMetric.LOSS),
        heldOut(run, HeldOutMetric.PERPLEXITY),
        heldOut(run, HeldOutMetric.BITS_PER_BYTE),
        progress
            .filter(_ -> run.state().state().equals(RUNNING))
            .map(Progress::remainingSeconds)
            .orElseGet(OptionalDouble::empty));
  }

  private static OptionalDouble heldOut(RunView run, HeldOutMetric metric) {
    return run.heldOut().map(loss -> loss.value(metric)).orElseGet(OptionalDouble::empty);
  }
}
