package dev.wrought.eval.grpc;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.edge.error.GrpcErrors;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.TimeUnit;

/**
 * A stream to a client from a thread that may block: {@link #send} waits while the client does not
 * read, so that a slow one costs no memory, and ends when it has gone.
 */
final class Outgoing<T> {
  private static final long GLANCE_MILLIS = 20;

  private final ServerCallStreamObserver<T> call;

  Outgoing(StreamObserver<T> observer) {
    this.call = (ServerCallStreamObserver<T>) observer;
    // Without a handler the observer throws on a message after the client has gone.
    call.setOnCancelHandler(() -> {});
  }

  boolean isCancelled() {
    return call.isCancelled();
  }

  /** Returns while the client is there. @throws WroughtException CANCELLED */
  void check() {
    if (call.isCancelled()) {
      throw new WroughtException(ErrorCode.CANCELLED, "the client has gone");
    }
  }

  /** Sends when the client has room. @throws WroughtException CANCELLED */
  void send(T message) {
    try {
      while (!call.isReady()) {
        check();
        TimeUnit.MILLISECONDS.sleep(GLANCE_MILLIS);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new WroughtException(ErrorCode.CANCELLED, "the service is going down", interrupted);
    }
    call.onNext(message);
  }

  void complete(T last) {
    send(last);
    call.onCompleted();
  }

  void fail(Throwable failure) {
    if (!call.isCancelled()) {
      call.onError(GrpcErrors.toStatus(failure));
    }
  }
}
