package dev.wrought.cli.standin;

import dev.wrought.proto.evaluation.v1.EvaluationServiceGrpc.EvaluationServiceImplBase;
import dev.wrought.proto.evaluation.v1.HeldOutScore;
import dev.wrought.proto.evaluation.v1.ScoreHeldOutProgress;
import dev.wrought.proto.evaluation.v1.ScoreHeldOutRequest;
import io.grpc.stub.StreamObserver;

/** Scores whatever it is given the same. */
public final class StandInEvaluation extends EvaluationServiceImplBase {
  private volatile HeldOutScore score =
      HeldOutScore.newBuilder()
          .setDocuments(1)
          .setTokens(35)
          .setBytes(1_048_000)
          .setNats(1000)
          .setBitsPerByte(1.42)
          .setGzipBitsPerByte(1.3)
          .setTrigramBitsPerByte(1.6)
          .setTrigramTokens(10_000)
          .build();
  private volatile ScoreHeldOutRequest asked = ScoreHeldOutRequest.getDefaultInstance();

  public void scores(HeldOutScore next) {
    score = next;
  }

  /** The last request. */
  public ScoreHeldOutRequest asked() {
    return asked;
  }

  @Override
  public void scoreHeldOut(
      ScoreHeldOutRequest request, StreamObserver<ScoreHeldOutProgress> answer) {
    asked = request;
    answer.onNext(ScoreHeldOutProgress.newBuilder().setFraction(0.5).build());
    answer.onNext(ScoreHeldOutProgress.newBuilder().setFraction(1).setResult(score).build());
    answer.onCompleted();
  }
}
