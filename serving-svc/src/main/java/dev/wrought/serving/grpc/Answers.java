package dev.wrought.serving.grpc;

import dev.wrought.edge.error.GrpcErrors;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/**
 * Runs what answers a call on a virtual thread of its own, and ends the call with what comes of it.
 *
 * <p>The threads are started here, when the request is complete. Quarkus' own dispatch to virtual
 * threads gives every event of a call a thread, and under load the end of a request overtook the
 * request ("Half-closed without a request").
 */
final class Answers {
  private Answers() {}

  /** A call with one response. */
  static <R> void one(StreamObserver<R> client, Supplier<R> work) {
    stream(client, () -> client.onNext(work.get()));
  }

  /** A call whose responses the work writes itself. */
  static void stream(StreamObserver<?> client, Runnable work) {
    Thread.ofVirtual()
        .name("call")
        .start(() -> {
          try {
            work.run();
          } catch (RuntimeException | Error failure) {
            client.onError(GrpcErrors.toStatus(failure));
            return;
          }
          client.onCompleted();
        });
  }
}
