package dev.wrought.eval.store;

import dev.wrought.eval.loss.HeldOutMetric;
import dev.wrought.proto.events.v1.EvaluationResult;
import dev.wrought.proto.events.v1.ValidationResult;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** What we publish about a held-out loss that a trainer measured: itself and what follows. */
final class HeldOutEvaluations {
  static final String TASK = "held-out";

  private HeldOutEvaluations() {}

  static List<EvaluationResult> of(ValidationResult result) {
    return Arrays.stream(HeldOutMetric.values()).map(metric -> of(metric, result)).toList();
  }

  private static EvaluationResult of(HeldOutMetric metric, ValidationResult result) {
    double nats = result.hasNats() ? result.getNats() : Double.NaN;
    OptionalDouble value = metric.of(nats, result.getTokens(), result.getBytes());
    EvaluationResult.Builder evaluation =
        EvaluationResult.newBuilder()
            .setRun(result.getRun())
            .setStep(result.getStep())
            .setTask(TASK)
            .setMetric(metric.metricName())
            .setItems(result.getTokens())
            .setItemsTotal(result.getTokens())
            .setNonFinite(value.isEmpty())
            .setTotalTokens(result.getTotalTokens());
    value.ifPresent(evaluation::setValue);
    return evaluation.build();
  }
}
