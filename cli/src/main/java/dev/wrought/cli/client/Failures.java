package dev.wrought.cli.client;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.proto.tokenizer.v1.TextError;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import java.util.Arrays;
import java.util.Optional;

/** A failed call as the failure that the service meant. */
public final class Failures {
  private static final Metadata.Key<com.google.rpc.Status> DETAILS =
      Metadata.Key.of(
          "grpc-status-details-bin",
          ProtoUtils.metadataMarshaller(com.google.rpc.Status.getDefaultInstance()));

  private Failures() {}

  /** With the service's own error code where it sent one, else with the status's nearest. */
  public static WroughtException of(StatusRuntimeException failure) {
    Status status = failure.getStatus();
    ErrorCode code =
        Optional.ofNullable(failure.getTrailers())
            .flatMap(trailers -> Optional.ofNullable(trailers.get(DETAILS)))
            .flatMap(Failures::reason)
            .orElseGet(() -> nearest(status.getCode()));
    String description =
        Optional.ofNullable(status.getDescription())
            .orElse("the service answered " + status.getCode());
    return new WroughtException(code, description, failure);
  }

  /** The failure of one of several texts. */
  public static WroughtException of(TextError failure) {
    ErrorCode code = named(failure.getReason()).orElse(ErrorCode.INTERNAL_ERROR);
    return new WroughtException(code, failure.getMessage());
  }

  private static Optional<ErrorCode> reason(com.google.rpc.Status details) {
    return details.getDetailsList().stream()
        .filter(detail -> detail.is(ErrorInfo.class))
        .findFirst()
        .flatMap(detail -> {
          try {
            return named(detail.unpack(ErrorInfo.class).getReason());
          } catch (InvalidProtocolBufferException garbled) {
            return Optional.empty();
          }
        });
  }

  private static Optional<ErrorCode> named(String reason) {
    return Arrays.stream(ErrorCode.values()).filter(code -> code.name().equals(reason)).findFirst();
  }

  private static ErrorCode nearest(Status.Code code) {
    return switch (code) {
      case INVALID_ARGUMENT, OUT_OF_RANGE -> ErrorCode.INVALID_ARGUMENT;
      case NOT_FOUND -> ErrorCode.NOT_FOUND;
      case ALREADY_EXISTS -> ErrorCode.ALREADY_EXISTS;
      case FAILED_PRECONDITION, ABORTED -> ErrorCode.FAILED_PRECONDITION;
      case PERMISSION_DENIED, UNAUTHENTICATED -> ErrorCode.PERMISSION_DENIED;
      case RESOURCE_EXHAUSTED -> ErrorCode.OVERLOADED;
      case CANCELLED -> ErrorCode.CANCELLED;
      case UNAVAILABLE -> ErrorCode.UNAVAILABLE;
      case DEADLINE_EXCEEDED -> ErrorCode.DEADLINE_EXCEEDED;
      case DATA_LOSS -> ErrorCode.CORRUPT_FILE;
      case OK, UNKNOWN, INTERNAL, UNIMPLEMENTED -> ErrorCode.INTERNAL_ERROR;
    };
  }
}
