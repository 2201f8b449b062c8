package dev.wrought.edge.error;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.quarkus.grpc.GlobalInterceptor;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.Prioritized;

/**
 * Writes nothing to a call whose client has gone away. The transport takes a write to a stream that
 * was reset for an offence against HTTP/2 and closes the connection, with every other call on it.
 *
 * <p>Whether the client is there is asked on the connection's own thread, where the reset arrives
 * too, and asked of the HTTP response: a reset that comes right behind its request is lost to gRPC.
 * Measured with 600 cancelled streams beside another call: 12 lost connections without either, 12
 * with the first alone, none with both.
 *
 * <p>For the same reason long work should ask {@link ServerCall#isCancelled} now and then, and not
 * rely on being told.
 */
@GlobalInterceptor
@ApplicationScoped
public class DepartedClients implements ServerInterceptor, Prioritized {
  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    Context connection = Vertx.currentContext();
    RoutingContext routing =
        connection == null ? null : connection.getLocal(RoutingContext.class.getName());
    return routing == null
        ? next.startCall(call, headers)
        : next.startCall(new WatchedCall<>(call, connection, routing.response()), headers);
  }

  /** Around all other interceptors: what they write comes by here too. */
  @Override
  public int getPriority() {
    return Integer.MAX_VALUE;
  }

  private static final class WatchedCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private final Context connection;
    private final HttpServerResponse response;

    WatchedCall(ServerCall<Q, R> call, Context connection, HttpServerResponse response) {
      super(call);
      this.connection = connection;
      this.response = response;
    }

    @Override
    public boolean isCancelled() {
      return super.isCancelled() || response.closed();
    }

    /** The transport's queue of messages is the connection's, and no other thread may touch it. */
    @Override
    public void request(int messages) {
      connection.runOnContext(now -> super.request(messages));
    }

    @Override
    public void sendHeaders(Metadata headers) {
      unlessCancelled(() -> super.sendHeaders(headers));
    }

    @Override
    public void sendMessage(R message) {
      unlessCancelled(() -> super.sendMessage(message));
    }

    @Override
    public void close(Status status, Metadata trailers) {
      unlessCancelled(() -> super.close(status, trailers));
    }

    /** In the order of the calls. */
    private void unlessCancelled(Runnable write) {
      connection.runOnContext(now -> {
        if (!isCancelled()) {
          write.run();
        }
      });
    }
  }
}
