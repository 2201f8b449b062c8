package dev.wrought.cli.standin;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Failures that a test orders, by a method's bare name: every call of it fails until further
 * notice.
 */
public final class Faults implements ServerInterceptor {
  private final Map<String, Status> ordered = new ConcurrentHashMap<>();

  /** For example {@code Train} or {@code ScoreHeldOut}. */
  public void order(String method, Status status) {
    ordered.put(method, status);
  }

  public void mend() {
    ordered.clear();
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    String method = String.valueOf(call.getMethodDescriptor().getBareMethodName());
    Status failure = ordered.get(method);
    if (failure == null) {
      return next.startCall(call, headers);
    }
    call.close(failure, new Metadata());
    return new ServerCall.Listener<>() {};
  }
}
