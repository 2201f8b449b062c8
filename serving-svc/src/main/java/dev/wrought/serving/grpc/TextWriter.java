package dev.wrought.serving.grpc;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.edge.call.Outgoing;
import dev.wrought.proto.serving.v1.GenerateResponse;
import dev.wrought.serving.generation.Generation;
import dev.wrought.serving.generation.Piece;
import io.grpc.stub.StreamObserver;
import java.time.Duration;

/**
 * Takes a text to its client as fast as the client reads. One that does not read is waited for, and
 * its text with it, but not for ever. For one thread.
 */
final class TextWriter {
  private final Outgoing<GenerateResponse> client;
  private volatile boolean givenUp;

  /**
   * @param patience how long a client may not read
   */
  TextWriter(StreamObserver<GenerateResponse> client, Duration patience) {
    this.client = new Outgoing<>(client, patience);
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
        client.send(Replies.piece(piece, seed));
        more = piece.end().isEmpty();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new WroughtException(ErrorCode.CANCELLED, "interrupted", interrupted);
    } finally {
      givenUp = true;
    }
  }
}
