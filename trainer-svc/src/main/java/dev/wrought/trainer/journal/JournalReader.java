package dev.wrought.trainer.journal;

import dev.wrought.core.error.WroughtException;
import dev.wrought.core.event.EventLogReader;
import dev.wrought.edge.kafka.EventJson;
import dev.wrought.proto.trainer.v1.RunEvent;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a run's events from any sequence on; a line that is no event of ours is logged and passed
 * over. Immutable, thread-safe.
 */
public record JournalReader(RunDirectory run) {
  private static final System.Logger LOG = System.getLogger(JournalReader.class.getName());

  /**
   * Some events, each with its sequence.
   *
   * @param sequence where to go on; the one asked for where there is nothing yet
   */
  public record Batch(List<RunEvent> events, long sequence) {
    public Batch {
      events = List.copyOf(events);
    }

    /** Whether there is nothing after {@code sequence}. */
    public boolean atEnd(long from) {
      return sequence == from;
    }
  }

  /** The next events after a sequence, a bounded number. */
  public Batch read(long after) {
    EventLogReader.Batch lines = new EventLogReader(run.events()).read(after);
    List<RunEvent> events = new ArrayList<>();
    for (EventLogReader.Line line : lines.lines()) {
      try {
        RunEvent.Builder event = RunEvent.newBuilder();
        EventJson.read(line.json(), event);
        events.add(event.setSequence(line.sequence()).build());
      } catch (WroughtException torn) {
        LOG.log(
            Level.WARNING,
            "{0}: the line that ends at byte {1,number,#} is left out: {2}",
            run.events(),
            line.sequence(),
            torn.getMessage());
      }
    }
    return new Batch(events, lines.sequence());
  }
}
