package dev.wrought.tokenizer.grpc;

import dev.wrought.edge.call.Outgoing;
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

  private final Outgoing<M> client;
  private Object phase = "";
  private long toldAt;

  ProgressStream(StreamObserver<M> observer) {
    this.client = new Outgoing<>(observer);
  }

  /** Tells how far the work is. @throws WroughtException CANCELLED */
  void tell(Object currentPhase, Supplier<M> message) {
    client.check();
    boolean due = System.nanoTime() - toldAt >= INTERVAL_NANOS && client.isReady();
    if (due || !currentPhase.equals(phase)) {
      client.send(message.get());
      phase = currentPhase;
      toldAt = System.nanoTime();
    }
  }
}
