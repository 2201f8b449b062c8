package dev.wrought.edge.call;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Optional;

/**
 * A stream to a client from a thread that may block: {@link #send} waits while the client does not
 * read, so that a slow one costs no memory, and fails when it has gone. What fails is thrown: the
 * edge ends the call with it.
 *
 * @param <T> what is sent
 */
public final class Outgoing<T> {
  private static final Duration GLANCE = Duration.ofMillis(2);

  private final ServerCallStreamObserver<T> call;
  private final Optional<Duration> patience;

  /** A stream whose client may take its time. */
  public Outgoing(StreamObserver<T> observer) {
    this(observer, Optional.empty());
  }

  /**
   * @param patience how long a client may not read
   */
  public Outgoing(StreamObserver<T> observer, Duration patience) {
    this(observer, Optional.of(patience));
  }

  private Outgoing(StreamObserver<T> observer, Optional<Duration> patience) {
    this.call = (ServerCallStreamObserver<T>) observer;
    this.patience = patience;
    // Without a handler, a message to a client that has gone would be an error of its own.
    call.setOnCancelHandler(() -> {});
  }

  /** The one response of a call, and its end. */
  public static <R> void answer(StreamObserver<R> observer, R response) {
    observer.onNext(response);
    observer.onCompleted();
  }

  /** Whether the client has gone, or its deadline has passed. Asked from any thread. */
  public boolean isCancelled() {
    return call.isCancelled();
  }

  /** Whether {@link #send} would not wait. */
  public boolean isReady() {
    return call.isReady();
  }

  /** Returns while the client is there. @throws WroughtException CANCELLED */
  public void check() {
    if (call.isCancelled()) {
      throw new WroughtException(
          ErrorCode.CANCELLED, "the caller went away, or its deadline passed");
    }
  }

  /**
   * Sends when the client has room.
   *
   * @throws WroughtException CANCELLED for a client that has gone; DEADLINE_EXCEEDED for one that
   *     does not read; UNAVAILABLE if this thread is interrupted
   */
  public void send(T message) {
    long began = System.nanoTime();
    while (!call.isReady()) {
      check();
      long waited = System.nanoTime() - began;
      if (patience.filter(most -> waited > most.toNanos()).isPresent()) {
        throw new WroughtException(
            ErrorCode.DEADLINE_EXCEEDED,
            "the stream was not read for %d s: read on, or ask for less"
                .formatted(Duration.ofNanos(waited).toSeconds()));
      }
      pause(GLANCE);
    }
    call.onNext(message);
  }

  public void complete() {
    call.onCompleted();
  }

  /**
   * Waits, between two looks at whether there is more to send.
   *
   * @throws WroughtException UNAVAILABLE if this thread is interrupted
   */
  public static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new WroughtException(ErrorCode.UNAVAILABLE, "the service is going down", interrupted);
    }
  }
}
