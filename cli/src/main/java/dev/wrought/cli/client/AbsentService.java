package dev.wrought.cli.client;

import dev.wrought.cli.local.Part;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.IOException;

/** Says which service does not answer, and what to do, instead of naming sockets. */
record AbsentService(Part part, int port) implements ClientInterceptor {
  @Override
  public <Q, R> ClientCall<Q, R> interceptCall(
      MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
    return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      public void start(Listener<R> listener, Metadata headers) {
        super.start(
            new SimpleForwardingClientCallListener<R>(listener) {
              @Override
              public void onClose(Status status, Metadata trailers) {
                super.onClose(named(status), trailers);
              }
            },
            headers);
      }
    };
  }

  private Status named(Status status) {
    if (status.getCode() != Status.Code.UNAVAILABLE
        || !(status.getCause() instanceof IOException || status.getDescription() == null)) {
      return status;
    }
    return status.withDescription(
        "the %s service does not answer on port %d: start the platform with ./wrought up (./wrought status shows what runs)"
            .formatted(part.label(), port));
  }
}
