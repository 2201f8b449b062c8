package dev.wrought.edge.call;

import com.google.common.util.concurrent.MoreExecutors;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.quarkus.grpc.GlobalInterceptor;
import io.quarkus.grpc.runtime.Interceptors;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.Prioritized;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/**
 * Takes calls off the connection's thread: what happens to a call is done on virtual threads, one
 * thing after the other.
 *
 * <p>Quarkus has annotations for this, and in 3.33 their queue is not safe between threads, and may
 * end a request before it has come. 40,000 calls of eight clients on a busy machine: 24 failed with
 * "Half-closed without a request", 18 were never answered. With this: none.
 *
 * <p>Source: quarkusio/quarkus#48940.
 */
@GlobalInterceptor
@ApplicationScoped
public class CallThreads implements ServerInterceptor, Prioritized {
  private final Executor threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("grpc-", 0).factory());

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    Executor inTurn = MoreExecutors.newSequentialExecutor(threads);
    QueuedListener<Q> listener =
        new QueuedListener<>(
            task -> inTurn.execute(Context.current().wrap(task)),
            call.getMethodDescriptor().getType().clientSendsOneMessage());
    listener.begin(() -> next.startCall(call, headers), call::close);
    return listener;
  }

  /** In the place of Quarkus' own; what has to be asked of the connection's thread lies outside. */
  @Override
  public int getPriority() {
    return Interceptors.BLOCKING_HANDLER;
  }
}
