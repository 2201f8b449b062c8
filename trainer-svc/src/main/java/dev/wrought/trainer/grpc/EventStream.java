package dev.wrought.trainer.grpc;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.edge.call.Outgoing;
import dev.wrought.proto.trainer.v1.RunEvent;
import dev.wrought.trainer.journal.JournalReader;
import dev.wrought.trainer.run.RunView;
import dev.wrought.trainer.run.Runs;
import java.time.Duration;

/**
 * A run's events on their way to one client, read from its log: nothing is kept for a client that
 * reads slowly, and one that has gone ends the stream. For one thread, which it blocks.
 */
final class EventStream {
  private static final Duration GLANCE = Duration.ofMillis(100);

  private final Outgoing<RunEvent> client;
  private final Runs runs;
  private final String uid;
  private final JournalReader journal;
  private long sequence;

  /**
   * @throws WroughtException INVALID_ARGUMENT for a position that the run's events do not have
   */
  EventStream(Outgoing<RunEvent> client, Runs runs, RunView run, long afterSequence) {
    this.client = client;
    this.runs = runs;
    this.uid = run.record().uid();
    this.journal = new JournalReader(run.directory());
    this.sequence = afterSequence;
    long end = run.directory().events().toFile().length();
    if (afterSequence < 0 || afterSequence > end) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "after_sequence is %d; the events of run %s allow 0 to %d"
              .formatted(afterSequence, run.record().name(), end));
    }
  }

  /** Sends what there is, then what comes, until the run has ended. */
  void run() {
    boolean ended;
    do {
      ended = !runs.get(uid).record().status().isLive(); // asked first: then its log is whole
      sendAll();
      if (!ended) {
        check();
        Outgoing.pause(GLANCE);
      }
    } while (!ended);
  }

  private void sendAll() {
    JournalReader.Batch batch = journal.read(sequence);
    while (!batch.atEnd(sequence)) {
      for (RunEvent event : batch.events()) {
        client.send(event);
      }
      sequence = batch.sequence();
      batch = journal.read(sequence);
    }
  }

  private void check() {
    client.check();
    if (runs.isClosed()) {
      throw new WroughtException(
          ErrorCode.UNAVAILABLE, "the service is going down; the run goes on without it");
    }
  }
}
