package dev.wrought.serving.grpc;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.proto.serving.v1.GenerateResponse;
import dev.wrought.serving.generation.Generation;
import dev.wrought.serving.generation.Piece;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;

/**
 * Takes a text to its client as fast as the client reads. One that does not read is waited for, and
 * its text with it, but not for ever. For one thread.
 */
final class TextWriter {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(2);

  private final ServerCallStreamObserver<GenerateResponse> client;
  private final Duration patience;
  private volatile boolean givenUp;

  /**
   * @param patience how long a client may not read
   */
  TextWriter(StreamObserver<GenerateResponse> client, Duration patience) {
    this.client = (ServerCallStreamObserver<GenerateResponse>) client;
    this.patience = patience;
    // Without a handler, a message to a client that has gone away would be an error of its own.
    this.client.setOnCancelHandler(() -> {});
  }

  /** Whether nobody reads any more. Asked from any thread. */
  boolean abandoned() {
    return givenUp || client.isCancelled();
  }

  /**
   * Writes a text from its first to its last piece.
   *
   * @throws WroughtException DEADLINE_EXCEEDED for a client that does not read; CANCELLED for one
   *     that has gone away; what ended the text before its time
   */
  void write(Generation generation, long seed) {
    try {
      for (boolean more = true; more; ) {
        Piece piece = generation.take();
        awaitReader();
        client.onNext(Replies.piece(piece, seed));
        more = piece.end().isEmpty();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new WroughtException(ErrorCode.CANCELLED, "interrupted", interrupted);
    } finally {
      givenUp = true;
    }
  }

  private void awaitReader() throws InterruptedException {
    long limit = System.nanoTime() + patience.toNanos();
    while (!client.isReady()) {
      if (client.isCancelled()) {
        throw new WroughtException(
            ErrorCode.CANCELLED, "the caller went away, or its deadline passed");
      }
      if (System.nanoTime() > limit) {
        throw new WroughtException(
            ErrorCode.DEADLINE_EXCEEDED,
            "the stream was not read for %d s: read on, or ask for less"
                .formatted(patience.toSeconds()));
      }
      Thread.sleep(LOOK_AGAIN);
    }
  }
}
