package dev.wrought.cli.standin;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Failures that a test orders, by a method's bare name: every call of it fails, or is never
 * answered, until further notice.
 */
public final class Faults implements ServerInterceptor {
  private final Map<String, Status> ordered = new ConcurrentHashMap<>();
  private final Set<String> frozen = ConcurrentHashMap.newKeySet();

  /** For example {@code Train} or {@code ScoreHeldOut}. */
  public void order(String method, Status status) {
    ordered.put(method, status);
  }

  /** As where the process is stopped, or the machine out of memory. */
  public void freeze(String method) {
    frozen.add(method);
  }

  public void mend() {
    ordered.clear();
    frozen.clear();
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    String method = String.valueOf(call.getMethodDescriptor().getBareMethodName());
    if (frozen.contains(method)) {
      return new ServerCall.Listener<>() {};
    }
    Status failure = ordered.get(method);
    if (failure == null) {
      return next.startCall(call, headers);
    }
    call.close(failure, new Metadata());
    return new ServerCall.Listener<>() {};
  }
}
