package dev.wrought.eval.grpc;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.edge.call.Outgoing;
import dev.wrought.edge.call.OwnThread;
import dev.wrought.eval.benchmark.HeldOutRequest;
import dev.wrought.eval.benchmark.HeldOutScore;
import dev.wrought.eval.benchmark.HeldOutScoring;
import dev.wrought.eval.loss.CurvePoint;
import dev.wrought.eval.store.CurveMetric;
import dev.wrought.eval.store.CurveQueries;
import dev.wrought.eval.store.EvaluationQueries;
import dev.wrought.eval.store.EvaluationQueries.Stored;
import dev.wrought.eval.store.Feed;
import dev.wrought.eval.store.RunQueries;
import dev.wrought.eval.store.RunView;
import dev.wrought.proto.evaluation.v1.Curve;
import dev.wrought.proto.evaluation.v1.EvaluationServiceGrpc.EvaluationServiceImplBase;
import dev.wrought.proto.evaluation.v1.GetCurveRequest;
import dev.wrought.proto.evaluation.v1.ListRunSummariesRequest;
import dev.wrought.proto.evaluation.v1.ListRunSummariesResponse;
import dev.wrought.proto.evaluation.v1.ScoreHeldOutProgress;
import dev.wrought.proto.evaluation.v1.ScoreHeldOutRequest;
import dev.wrought.proto.evaluation.v1.WatchEvaluationsRequest;
import dev.wrought.proto.events.v1.EvaluationResult;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import jakarta.inject.Inject;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;

/** The contract over what the store knows. */
@GrpcService
public class EvaluationGrpc extends EvaluationServiceImplBase {
  private static final int DEFAULT_POINTS = 2_000;
  private static final int MOST_POINTS = 100_000;
  private static final int PAGE = 500;
  private static final Duration GLANCE = Duration.ofSeconds(1);

  private final RunQueries runs;
  private final CurveQueries curves;
  private final EvaluationQueries evaluations;
  private final HeldOutScoring scoring;
  private final Feed feed;

  @Inject
  public EvaluationGrpc(
      RunQueries runs,
      CurveQueries curves,
      EvaluationQueries evaluations,
      HeldOutScoring scoring,
      Feed feed) {
    this.runs = runs;
    this.curves = curves;
    this.evaluations = evaluations;
    this.scoring = scoring;
    this.feed = feed;
  }

  @Override
  public void listRuns(
      ListRunSummariesRequest request, StreamObserver<ListRunSummariesResponse> answer) {
    ListRunSummariesResponse.Builder response = ListRunSummariesResponse.newBuilder();
    runs.list().forEach(run -> response.addRuns(Messages.summary(run)));
    Outgoing.answer(answer, response.build());
  }

  @Override
  public void getCurve(GetCurveRequest request, StreamObserver<Curve> answer) {
    CurveMetric metric = CurveMetric.of(request.getMetric());
    RunView run = runs.find(request.getRun());
    List<CurvePoint> points =
        curves.curves(run.id(), EnumSet.of(metric), maxPoints(request.getMaxPoints())).of(metric);
    Outgoing.answer(answer, Messages.curve(run, metric, points));
  }

  @Override
  public void watchEvaluations(
      WatchEvaluationsRequest request, StreamObserver<EvaluationResult> answer) {
    Outgoing<EvaluationResult> out = new Outgoing<>(answer);
    try {
      long cursor = 0;
      while (!feed.isClosed()) {
        long seen = feed.commits();
        List<Stored> news = evaluations.after(cursor, request.getRun(), PAGE);
        for (Stored stored : news) {
          out.send(stored.result());
          cursor = stored.feed();
        }
        out.check();
        if (news.size() < PAGE) {
          feed.await(seen, GLANCE);
        }
      }
      throw new WroughtException(ErrorCode.UNAVAILABLE, "the service is going down");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new WroughtException(ErrorCode.UNAVAILABLE, "the service is going down", interrupted);
    }
  }

  @Override
  public void scoreHeldOut(
      ScoreHeldOutRequest request, StreamObserver<ScoreHeldOutProgress> answer) {
    Outgoing<ScoreHeldOutProgress> out = new Outgoing<>(answer);
    Context caller = Context.current();
    HeldOutRequest checked =
        new HeldOutRequest(
            path("checkpoint", request.getCheckpoint()),
            path("dataset", request.getDataset()),
            request.getMaxBytes(),
            request.getBaselines());
    HeldOutScore score =
        OwnThread.call(
            "scoring",
            () ->
                scoring.score(
                    checked,
                    () -> out.isCancelled() || caller.isCancelled() || feed.isClosed(),
                    fraction -> out.send(Messages.progress(fraction))));
    out.send(Messages.result(score));
    out.complete();
  }

  private static int maxPoints(int asked) {
    if (asked == 0) {
      return DEFAULT_POINTS;
    }
    if (asked < 4 || asked > MOST_POINTS) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "max_points is %d; allowed are 0 (that is %d) and 4 to %d"
              .formatted(asked, DEFAULT_POINTS, MOST_POINTS));
    }
    return asked;
  }

  private static Path path(String field, String value) {
    try {
      return Path.of(value);
    } catch (InvalidPathException invalid) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT, field + " is not a path: " + invalid.getReason(), invalid);
    }
  }
}
