package dev.wrought.trainer.grpc;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.edge.error.GrpcErrors;
import dev.wrought.proto.trainer.v1.GetRunRequest;
import dev.wrought.proto.trainer.v1.ListRunsRequest;
import dev.wrought.proto.trainer.v1.ListRunsResponse;
import dev.wrought.proto.trainer.v1.ResumeRunRequest;
import dev.wrought.proto.trainer.v1.Run;
import dev.wrought.proto.trainer.v1.RunEvent;
import dev.wrought.proto.trainer.v1.StopRunRequest;
import dev.wrought.proto.trainer.v1.SubmitRunRequest;
import dev.wrought.proto.trainer.v1.TrainerServiceGrpc.TrainerServiceImplBase;
import dev.wrought.proto.trainer.v1.WatchRunRequest;
import dev.wrought.trainer.run.Runs;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import jakarta.inject.Inject;
import java.util.List;

/** Answers {@code wrought.trainer.v1.TrainerService}. */
@GrpcService
public class TrainerEndpoint extends TrainerServiceImplBase {
  private final Runs runs;

  @Inject
  public TrainerEndpoint(Runs runs) {
    this.runs = runs;
  }

  @Override
  public void submit(SubmitRunRequest request, StreamObserver<Run> observer) {
    String origin = request.getOrigin().isEmpty() ? "the recipe" : request.getOrigin();
    answer(
        observer,
        request.getDryRun()
            ? Replies.plan(runs.check(request.getRecipe(), origin))
            : Replies.full(runs.submit(request.getRecipe(), origin)));
  }

  @Override
  public void getRun(GetRunRequest request, StreamObserver<Run> observer) {
    answer(observer, Replies.full(runs.get(request.getRun())));
  }

  @Override
  public void listRuns(ListRunsRequest request, StreamObserver<ListRunsResponse> observer) {
    List<Run> found = runs.list(request.getLive()).stream().map(Replies::brief).toList();
    answer(observer, ListRunsResponse.newBuilder().addAllRuns(found).build());
  }

  @Override
  public void watch(WatchRunRequest request, StreamObserver<RunEvent> observer) {
    ServerCallStreamObserver<RunEvent> client = (ServerCallStreamObserver<RunEvent>) observer;
    EventStream events =
        new EventStream(client, runs, runs.get(request.getRun()), request.getAfterSequence());
    try {
      events.run();
      client.onCompleted();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      client.onError(GrpcErrors.toStatus(goingDown(interrupted)));
    } catch (RuntimeException failure) {
      client.onError(GrpcErrors.toStatus(failure));
    }
  }

  /** Waits as long as the worker may take; the caller's deadline does not undo the stop. */
  @Override
  public void stop(StopRunRequest request, StreamObserver<Run> observer) {
    try {
      answer(observer, Replies.full(runs.stop(request.getRun())));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw goingDown(interrupted);
    }
  }

  @Override
  public void resume(ResumeRunRequest request, StreamObserver<Run> observer) {
    answer(observer, Replies.full(runs.resume(request.getRun())));
  }

  private static WroughtException goingDown(InterruptedException cause) {
    return new WroughtException(ErrorCode.UNAVAILABLE, "the service is going down", cause);
  }

  private static <R> void answer(StreamObserver<R> observer, R response) {
    observer.onNext(response);
    observer.onCompleted();
  }
}
