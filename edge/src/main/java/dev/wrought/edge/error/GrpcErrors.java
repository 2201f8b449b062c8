package dev.wrought.edge.error;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/**
 * Turns every failure of a method into a gRPC status whose trailers carry a {@code
 * google.rpc.Status} with {@code ErrorInfo}: reason = the error code's name, domain {@code
 * wrought.dev}, metadata {@code number}. A failure that is not a {@link WroughtException} is logged
 * under a reference, and the client is told the reference only. The message is there twice, in the
 * details too: grpcio-status takes one that differs for a fault of the server.
 */
@GlobalInterceptor
@ApplicationScoped
public class GrpcErrors implements ServerInterceptor {
  private static final Metadata.Key<com.google.rpc.Status> DETAILS =
      Metadata.Key.of(
          "grpc-status-details-bin",
          ProtoUtils.metadataMarshaller(com.google.rpc.Status.getDefaultInstance()));

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    ServerCall<Q, R> mapping =
        new SimpleForwardingServerCall<>(call) {
          @Override
          public void close(Status status, Metadata trailers) {
            Throwable cause = status.getCause();
            boolean unmapped = status.getCode() == Status.Code.UNKNOWN;
            if (cause != null && (unmapped || cause instanceof WroughtException)) {
              Status mapped = statusOf(cause);
              super.close(mapped, withDetails(trailers, mapped, cause));
            } else {
              super.close(status, trailers);
            }
          }
        };
    return new FailingListener<>(next.startCall(mapping, headers), mapping);
  }

  /** Ends the call with what the method throws; what the client still sends is not heard then. */
  private static final class FailingListener<Q> extends SimpleForwardingServerCallListener<Q> {
    private final ServerCall<Q, ?> call;

    /** Events come one after the other. */
    private boolean failed;

    FailingListener(ServerCall.Listener<Q> method, ServerCall<Q, ?> call) {
      super(method);
      this.call = call;
    }

    @Override
    public void onMessage(Q message) {
      unlessFailed(() -> super.onMessage(message));
    }

    @Override
    public void onHalfClose() {
      unlessFailed(super::onHalfClose);
    }

    private void unlessFailed(Runnable event) {
      if (failed) {
        return;
      }
      try {
        event.run();
      } catch (RuntimeException | Error failure) {
        failed = true;
        call.close(Status.UNKNOWN.withCause(failure), new Metadata());
      }
    }
  }

  /**
   * The status that a client sees for a failure that does not come by here: a call that cannot
   * begin.
   */
  public static StatusRuntimeException toStatus(Throwable failure) {
    Status status = statusOf(failure);
    return status.asRuntimeException(withDetails(new Metadata(), status, failure));
  }

  private static Status statusOf(Throwable failure) {
    return switch (failure) {
      case WroughtException known ->
          Status.fromCode(grpcCode(known.code())).withDescription(FailureMessage.of(known));
      case StatusRuntimeException status -> status.getStatus().withCause(null);
      default -> Status.INTERNAL.withDescription(FailureMessage.ofUnexpected(failure));
    };
  }

  private static Metadata withDetails(
      @Nullable Metadata trailers, Status status, Throwable failure) {
    Metadata result = trailers == null ? new Metadata() : trailers;
    if (failure instanceof WroughtException known) {
      ErrorInfo info =
          ErrorInfo.newBuilder()
              .setReason(known.code().name())
              .setDomain("wrought.dev")
              .putMetadata("number", Integer.toString(known.code().number()))
              .build();
      result.put(
          DETAILS,
          com.google.rpc.Status.newBuilder()
              .setCode(status.getCode().value())
              .setMessage(String.valueOf(status.getDescription()))
              .addDetails(Any.pack(info))
              .build());
    }
    return result;
  }

  /** The gRPC code of an error code. */
  public static Status.Code grpcCode(ErrorCode code) {
    return switch (code) {
      case INVALID_ARGUMENT, INVALID_RECIPE, INVALID_DATA -> Status.Code.INVALID_ARGUMENT;
      case NOT_FOUND -> Status.Code.NOT_FOUND;
      case ALREADY_EXISTS -> Status.Code.ALREADY_EXISTS;
      case FAILED_PRECONDITION, INVALID_PLUGIN, DIGEST_MISMATCH, LOCKED ->
          Status.Code.FAILED_PRECONDITION;
      case PERMISSION_DENIED -> Status.Code.PERMISSION_DENIED;
      case CANCELLED -> Status.Code.CANCELLED;
      case INTERNAL_ERROR, NON_FINITE -> Status.Code.INTERNAL;
      case OUT_OF_MEMORY, OVERLOADED, STORAGE, PORT_IN_USE, NATIVE_LIBRARY ->
          Status.Code.RESOURCE_EXHAUSTED;
      case UNAVAILABLE -> Status.Code.UNAVAILABLE;
      case CORRUPT_FILE -> Status.Code.DATA_LOSS;
      case DEADLINE_EXCEEDED -> Status.Code.DEADLINE_EXCEEDED;
    };
  }
}
