package dev.wrought.edge.error;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.Prioritized;

/**
 * Writes nothing to a call that its client has cancelled. The transport takes a write to such a
 * stream for an offence against HTTP/2 and closes the connection, with every other call on it; a
 * method that notices the cancellation late would do that to its neighbours.
 */
@GlobalInterceptor
@ApplicationScoped
public class DepartedClients implements ServerInterceptor, Prioritized {
  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    return next.startCall(
        new SimpleForwardingServerCall<>(call) {
          @Override
          public void sendHeaders(Metadata sent) {
            if (!isCancelled()) {
              super.sendHeaders(sent);
            }
          }

          @Override
          public void sendMessage(R message) {
            if (!isCancelled()) {
              super.sendMessage(message);
            }
          }

          @Override
          public void close(Status status, Metadata trailers) {
            if (!isCancelled()) {
              super.close(status, trailers);
            }
          }
        },
        headers);
  }

  /** Around all other interceptors: what they write comes by here too. */
  @Override
  public int getPriority() {
    return Integer.MAX_VALUE;
  }
}
