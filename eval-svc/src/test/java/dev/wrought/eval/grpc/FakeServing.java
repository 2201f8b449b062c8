package dev.wrought.eval.grpc;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.edge.error.GrpcErrors;
import dev.wrought.proto.serving.v1.LoadModelRequest;
import dev.wrought.proto.serving.v1.LoadModelResponse;
import dev.wrought.proto.serving.v1.ModelInfo;
import dev.wrought.proto.serving.v1.ReleaseModelRequest;
import dev.wrought.proto.serving.v1.ReleaseModelResponse;
import dev.wrought.proto.serving.v1.ScoreItem;
import dev.wrought.proto.serving.v1.ScoreRequest;
import dev.wrought.proto.serving.v1.ScoreResponse;
import dev.wrought.proto.serving.v1.ScoreResult;
import dev.wrought.proto.serving.v1.ServingServiceGrpc;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A serving-svc whose model is a formula: a token's log-probability is {@link #logProbability}, of
 * its id and of the one before it. It holds callers to the contract, and is busy at first.
 */
public final class FakeServing implements QuarkusTestResourceLifecycleManager {
  static final int CONTEXT_LENGTH = 16;

  /** The model that says so of itself has another tokenizer than any dataset. */
  static final String STRANGER = "stranger";

  /** The model for which the machine that says so has no memory. */
  static final String TOO_LARGE = "too-large";

  private final Server server = ServerBuilder.forPort(0).addService(new Service()).build();

  static double logProbability(int before, int token) {
    return -0.25 * (1 + token % 7) - 0.125 * (before % 3);
  }

  @Override
  public Map<String, String> start() {
    try {
      server.start();
      return Map.of("wrought.peers.serving", "127.0.0.1:" + server.getPort());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void stop() {
    server.shutdownNow();
  }

  private static final class Service extends ServingServiceGrpc.ServingServiceImplBase {
    private final Set<String> leases = new HashSet<>();
    private final AtomicInteger loads = new AtomicInteger();
    private final AtomicInteger scores = new AtomicInteger();

    @Override
    public void loadModel(LoadModelRequest request, StreamObserver<LoadModelResponse> answer) {
      if (request.getModel().endsWith(TOO_LARGE)) {
        answer.onError(
            GrpcErrors.toStatus(
                new WroughtException(ErrorCode.OUT_OF_MEMORY, "there is no memory for it")));
        return;
      }
      if (loads.incrementAndGet() == 1) {
        answer.onError(Status.RESOURCE_EXHAUSTED.withDescription("busy").asRuntimeException());
        return;
      }
      String lease = "lease-" + loads.get();
      synchronized (leases) {
        if (!leases.isEmpty()) {
          answer.onError(
              Status.INTERNAL.withDescription("never released: " + leases).asRuntimeException());
          return;
        }
        leases.add(lease);
      }
      ModelInfo.Builder model =
          ModelInfo.newBuilder()
              .setModel(request.getModel())
              .setContextLength(CONTEXT_LENGTH)
              .setTokenizerDigest(request.getModel().endsWith(STRANGER) ? "another" : "");
      answer.onNext(LoadModelResponse.newBuilder().setLease(lease).setModel(model).build());
      answer.onCompleted();
    }

    @Override
    public void releaseModel(
        ReleaseModelRequest request, StreamObserver<ReleaseModelResponse> answer) {
      synchronized (leases) {
        leases.remove(request.getLease());
      }
      answer.onNext(ReleaseModelResponse.getDefaultInstance());
      answer.onCompleted();
    }

    @Override
    public void score(ScoreRequest request, StreamObserver<ScoreResponse> answer) {
      if (scores.incrementAndGet() % 5 == 2) {
        answer.onError(Status.RESOURCE_EXHAUSTED.withDescription("busy").asRuntimeException());
        return;
      }
      ScoreResponse.Builder response = ScoreResponse.newBuilder();
      request.getItemsList().forEach(item -> response.addResults(score(item)));
      answer.onNext(response.build());
      answer.onCompleted();
    }

    private static ScoreResult score(ScoreItem item) {
      List<Integer> context = item.getContext().getIdsList();
      List<Integer> continuation = item.getContinuation().getIdsList();
      if (context.isEmpty()
          || continuation.isEmpty()
          || context.size() + continuation.size() > CONTEXT_LENGTH + 1) {
        return ScoreResult.newBuilder().setError("windows of a wrong size").build();
      }
      double sum = 0;
      int before = context.getLast();
      for (int token : continuation) {
        sum += logProbability(before, token);
        before = token;
      }
      return ScoreResult.newBuilder().setLogLikelihood(sum).build();
    }
  }
}
