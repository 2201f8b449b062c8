package dev.wrought.trainer.forward;

import dev.wrought.core.error.WroughtException;
import dev.wrought.core.event.CloudEvent;
import dev.wrought.core.event.SpoolCursor;
import dev.wrought.edge.kafka.KafkaSettings;
import dev.wrought.trainer.journal.JournalReader;
import dev.wrought.trainer.journal.RunDirectory;
import dev.wrought.trainer.journal.RunEvents;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One run's {@code events.log} and how far it has been sent. The position is kept on the disk after
 * the events before it are acknowledged. For one thread, but for {@link #waitingBytes}.
 */
final class RunSpool {
  private static final System.Logger LOG = System.getLogger(RunSpool.class.getName());

  private final RunDirectory run;
  private final SpoolCursor cursor;
  private volatile OptionalLong position = OptionalLong.empty();
  private boolean troubled;

  /** Reads nothing yet. */
  RunSpool(RunDirectory run) {
    this.run = run;
    this.cursor = new SpoolCursor(run.cursor());
  }

  /**
   * Some events that are sent at once.
   *
   * @param sequence where the next ones begin
   */
  record Parcel(List<CloudEvent> events, long sequence) {}

  /** What comes next; empty where there is nothing, or log or cursor cannot be read now. */
  Optional<Parcel> next() {
    if (waitingBytes() <= 0) {
      return Optional.empty();
    }
    try {
      long from = position.orElseGet(cursor::read);
      position = OptionalLong.of(from);
      JournalReader.Batch batch = new JournalReader(run).read(from);
      troubled = false;
      return batch.atEnd(from)
          ? Optional.empty()
          : Optional.of(
              new Parcel(
                  batch.events().stream()
                      .flatMap(event -> RunEvents.toCloudEvent(event).stream())
                      .filter(RunSpool::fits)
                      .toList(),
                  batch.sequence()));
    } catch (WroughtException unreadable) {
      trouble("the events of {0} wait: {1}", unreadable);
      return Optional.empty();
    }
  }

  /** A larger record is refused by brokers, and would hold up all that come after it. */
  private static boolean fits(CloudEvent event) {
    int bytes = event.data().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > KafkaSettings.MAX_RECORD_BYTES) {
      LOG.log(
          Level.ERROR,
          "the event {0} has {1} bytes, more than a record may have: it is not sent",
          event.id(),
          bytes);
    }
    return bytes <= KafkaSettings.MAX_RECORD_BYTES;
  }

  /** All events before {@code sequence} have been received. */
  void acknowledged(long sequence) {
    position = OptionalLong.of(sequence);
    try {
      cursor.write(sequence);
    } catch (WroughtException full) { // they would be sent again, and be recognised
      trouble("how far the events of {0} are sent is kept in memory only: {1}", full);
    }
  }

  /** Bytes of the log that have not been sent. */
  long waitingBytes() {
    return run.events().toFile().length() - position.orElse(0);
  }

  private void trouble(String message, WroughtException cause) {
    if (!troubled) {
      LOG.log(Level.WARNING, message, run.path(), cause.getMessage());
    }
    troubled = true;
  }
}
