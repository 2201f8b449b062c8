package dev.wrought.tokenizer.grpc;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.edge.error.GrpcErrors;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A stream of messages about long work, the last one with its result. Messages between come at most
 * ten a second and only if the client keeps up; each new phase is told. Telling throws once the
 * client has gone away or its deadline has passed, which is how the work learns to stop.
 *
 * <p>For one thread.
 */
final class ProgressStream<M> {
  private static final long INTERVAL_NANOS = Duration.ofMillis(100).toNanos();

  private final ServerCallStreamObserver<M> observer;
  private Object phase = "";
  private long toldAt;

  ProgressStream(StreamObserver<M> observer) {
    this.observer = (ServerCallStreamObserver<M>) observer;
    // Without a handler, a message to a client that has gone away would be an error of its own.
    this.observer.setOnCancelHandler(() -> {});
  }

  /** Tells how far the work is. @throws WroughtException CANCELLED */
  void tell(Object currentPhase, Supplier<M> message) {
    if (observer.isCancelled()) {
      throw new WroughtException(
          ErrorCode.CANCELLED, "the caller went away, or its deadline passed");
    }
    boolean due = System.nanoTime() - toldAt >= INTERVAL_NANOS && observer.isReady();
    if (due || !currentPhase.equals(phase)) {
      observer.onNext(message.get());
      phase = currentPhase;
      toldAt = System.nanoTime();
    }
  }

  /** Does the work and ends the stream with its last message, or with its failure. */
  void endWith(Supplier<M> work) {
    M last;
    try {
      last = work.get();
    } catch (RuntimeException failure) {
      observer.onError(GrpcErrors.toStatus(failure));
      return;
    }
    observer.onNext(last);
    observer.onCompleted();
  }
}
