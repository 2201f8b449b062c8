package dev.wrought.trainer.grpc;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.edge.call.Outgoing;
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
    Outgoing.answer(
        observer,
        request.getDryRun()
            ? Replies.plan(runs.check(request.getRecipe(), origin))
            : Replies.full(runs.submit(request.getRecipe(), origin)));
  }

  @Override
  public void getRun(GetRunRequest request, StreamObserver<Run> observer) {
    Outgoing.answer(observer, Replies.full(runs.get(request.getRun())));
  }

  @Override
  public void listRuns(ListRunsRequest request, StreamObserver<ListRunsResponse> observer) {
    List<Run> found = runs.list(request.getLive()).stream().map(Replies::brief).toList();
    Outgoing.answer(observer, ListRunsResponse.newBuilder().addAllRuns(found).build());
  }

  @Override
  public void watch(WatchRunRequest request, StreamObserver<RunEvent> observer) {
    new EventStream(
            new Outgoing<>(observer), runs, runs.get(request.getRun()), request.getAfterSequence())
        .run();
    observer.onCompleted();
  }

  /** Waits as long as the worker may take; the caller's deadline does not undo the stop. */
  @Override
  public void stop(StopRunRequest request, StreamObserver<Run> observer) {
    try {
      Outgoing.answer(observer, Replies.full(runs.stop(request.getRun())));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new WroughtException(ErrorCode.UNAVAILABLE, "the service is going down", interrupted);
    }
  }

  @Override
  public void resume(ResumeRunRequest request, StreamObserver<Run> observer) {
    Outgoing.answer(observer, Replies.full(runs.resume(request.getRun())));
  }
}
