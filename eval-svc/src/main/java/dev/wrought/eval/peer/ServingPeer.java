package dev.wrought.eval.peer;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.edge.error.GrpcErrors;
import dev.wrought.eval.benchmark.ModelServer;
import dev.wrought.eval.benchmark.Window;
import dev.wrought.proto.serving.v1.LoadModelRequest;
import dev.wrought.proto.serving.v1.LoadModelResponse;
import dev.wrought.proto.serving.v1.ReleaseModelRequest;
import dev.wrought.proto.serving.v1.ScoreItem;
import dev.wrought.proto.serving.v1.ScoreRequest;
import dev.wrought.proto.serving.v1.ScoreResponse;
import dev.wrought.proto.serving.v1.ScoreResult;
import dev.wrought.proto.serving.v1.ServingServiceGrpc;
import dev.wrought.proto.serving.v1.ServingServiceGrpc.ServingServiceBlockingStub;
import dev.wrought.proto.serving.v1.TokenIds;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * serving-svc, wherever it is. The connection is made at the first use and again whenever it is
 * lost.
 */
@ApplicationScoped
public class ServingPeer implements ModelServer {
  private static final int MAX_RESPONSE_BYTES = 16 << 20;

  /** Of trailers: a failure lists everything that is wrong. */
  private static final int MAX_METADATA_BYTES = 256 << 10;

  private static final Duration CALL = Duration.ofMinutes(10);
  private static final Duration FAREWELL = Duration.ofSeconds(10);

  private final String address;
  private final ManagedChannel channel;

  @Inject
  public ServingPeer(
      @ConfigProperty(name = "wrought.peers.serving", defaultValue = "127.0.0.1:7713")
          String address) {
    this.address = address;
    this.channel =
        ManagedChannelBuilder.forTarget(address)
            .usePlaintext()
            .maxInboundMessageSize(MAX_RESPONSE_BYTES)
            .maxInboundMetadataSize(MAX_METADATA_BYTES)
            .build();
  }

  /** Host and port. */
  String address() {
    return address;
  }

  /** How the connection is now; it is made if there is none. */
  ConnectivityState connection() {
    return channel.getState(true);
  }

  @Override
  public Held load(Path checkpoint) {
    LoadModelRequest request =
        LoadModelRequest.newBuilder().setModel(checkpoint.toString()).build();
    LoadModelResponse loaded = call(CALL, stub -> stub.loadModel(request));
    return new Held(
        loaded.getLease(),
        loaded.getModel().getModel(),
        loaded.getModel().getContextLength(),
        loaded.getModel().getTokenizerDigest());
  }

  @Override
  public List<Double> logLikelihoods(String model, List<Window> windows) {
    ScoreRequest.Builder request = ScoreRequest.newBuilder().setModel(model);
    for (Window window : windows) {
      request.addItems(
          ScoreItem.newBuilder()
              .setContext(ids(window.context()))
              .setContinuation(ids(window.continuation())));
    }
    ScoreResponse response = call(CALL, stub -> stub.score(request.build()));
    if (response.getResultsCount() != windows.size()) {
      throw new WroughtException(
          ErrorCode.INTERNAL_ERROR,
          "serving-svc scored %d of %d items"
              .formatted(response.getResultsCount(), windows.size()));
    }
    return response.getResultsList().stream().map(ServingPeer::logLikelihood).toList();
  }

  private static TokenIds ids(int[] tokens) {
    return TokenIds.newBuilder().addAllIds(() -> Arrays.stream(tokens).iterator()).build();
  }

  private static double logLikelihood(ScoreResult result) {
    if (!result.getError().isEmpty()) {
      throw new WroughtException(
          ErrorCode.FAILED_PRECONDITION, "a document cannot be scored: " + result.getError());
    }
    return result.getLogLikelihood();
  }

  @Override
  public void release(String lease) {
    ReleaseModelRequest request = ReleaseModelRequest.newBuilder().setLease(lease).build();
    call(FAREWELL, stub -> stub.releaseModel(request));
  }

  private <T> T call(Duration atMost, Function<ServingServiceBlockingStub, T> method) {
    try {
      return method.apply(
          ServingServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(atMost.toMillis(), TimeUnit.MILLISECONDS));
    } catch (StatusRuntimeException failure) {
      throw told(failure);
    }
  }

  /** The failure as serving-svc meant it. */
  private WroughtException told(StatusRuntimeException failure) {
    Status status = failure.getStatus();
    ErrorCode code = reason(failure).orElseGet(() -> nearest(status.getCode()));
    String description =
        Optional.ofNullable(status.getDescription()).orElse(status.getCode().name());
    return new WroughtException(
        code,
        code == ErrorCode.UNAVAILABLE
            ? "serving-svc at %s does not answer (%s): is the platform up?"
                .formatted(address, description)
            : description,
        failure);
  }

  private static Optional<ErrorCode> reason(StatusRuntimeException failure) {
    return Optional.ofNullable(StatusProto.fromThrowable(failure)).stream()
        .flatMap(details -> details.getDetailsList().stream())
        .filter(detail -> detail.is(ErrorInfo.class))
        .flatMap(ServingPeer::named)
        .findFirst();
  }

  private static Stream<ErrorCode> named(Any detail) {
    try {
      String reason = detail.unpack(ErrorInfo.class).getReason();
      return Arrays.stream(ErrorCode.values()).filter(code -> code.name().equals(reason));
    } catch (InvalidProtocolBufferException garbled) {
      return Stream.empty();
    }
  }

  /** What a status without details says: only that it is too much now is worth waiting for. */
  private static ErrorCode nearest(Status.Code status) {
    return status == Status.Code.RESOURCE_EXHAUSTED
        ? ErrorCode.OVERLOADED
        : Arrays.stream(ErrorCode.values())
            .filter(code -> GrpcErrors.grpcCode(code) == status)
            .findFirst()
            .orElse(ErrorCode.INTERNAL_ERROR);
  }

  @PreDestroy
  void close() {
    channel.shutdownNow();
  }
}
