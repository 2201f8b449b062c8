package dev.wrought.eval.grpc;

import dev.wrought.eval.benchmark.HeldOutScore;
import dev.wrought.eval.loss.CurvePoint;
import dev.wrought.eval.loss.HeldOutMetric;
import dev.wrought.eval.store.CurveMetric;
import dev.wrought.eval.store.RunView;
import dev.wrought.proto.evaluation.v1.Curve;
import dev.wrought.proto.evaluation.v1.RunSummary;
import dev.wrought.proto.evaluation.v1.ScoreHeldOutProgress;
import java.util.List;

/** What we know, as the contract's messages. */
final class Messages {
  private Messages() {}

  static RunSummary summary(RunView run) {
    RunSummary.Builder summary =
        RunSummary.newBuilder()
            .setRunUid(run.uid())
            .setRun(run.name())
            .setState(run.state().state())
            .setEpoch(run.epoch())
            .setParameters(run.parameters())
            .setCreated(run.created().toString())
            .setUpdated(run.updated().toString());
    run.progress()
        .ifPresent(progress -> {
          summary
              .setStep(progress.step())
              .setPlannedSteps(progress.plannedSteps())
              .setTotalTokens(progress.totalTokens())
              .setTokensPerSecond(progress.tokensPerSecond());
          progress.loss().ifPresent(summary::setLoss);
        });
    run.heldOut()
        .ifPresent(heldOut -> {
          heldOut.value(HeldOutMetric.LOSS).ifPresent(summary::setValidationLoss);
          heldOut.value(HeldOutMetric.PERPLEXITY).ifPresent(summary::setPerplexity);
          heldOut.value(HeldOutMetric.BITS_PER_BYTE).ifPresent(summary::setBitsPerByte);
        });
    return summary.build();
  }

  static Curve curve(RunView run, CurveMetric metric, List<CurvePoint> points) {
    Curve.Builder curve = Curve.newBuilder().setRunUid(run.uid()).setMetric(metric.metricName());
    for (CurvePoint point : points) {
      curve.addSteps(point.step()).addValues(point.value()).addTokens(point.tokens());
    }
    return curve.build();
  }

  static ScoreHeldOutProgress progress(double fraction) {
    return ScoreHeldOutProgress.newBuilder().setFraction(fraction).build();
  }

  static ScoreHeldOutProgress result(HeldOutScore score) {
    dev.wrought.proto.evaluation.v1.HeldOutScore.Builder result =
        dev.wrought.proto.evaluation.v1.HeldOutScore.newBuilder()
            .setDocuments(score.documents())
            .setTokens(score.tokens())
            .setBytes(score.bytes())
            .setNats(score.nats())
            .setBitsPerByte(score.bitsPerByte());
    score
        .baselines()
        .ifPresent(baselines ->
            result
                .setGzipBitsPerByte(baselines.gzipBitsPerByte())
                .setTrigramBitsPerByte(baselines.trigramBitsPerByte())
                .setTrigramTokens(baselines.trigramTokens()));
    return ScoreHeldOutProgress.newBuilder().setFraction(1).setResult(result).build();
  }
}
