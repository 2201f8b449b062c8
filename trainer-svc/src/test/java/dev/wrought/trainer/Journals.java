package dev.wrought.trainer;

import dev.wrought.proto.trainer.v1.RunEvent;
import dev.wrought.trainer.journal.JournalReader;
import dev.wrought.trainer.journal.RunDirectory;
import java.util.ArrayList;
import java.util.List;

/** Reads whole journals. */
public final class Journals {
  private Journals() {}

  /** Every event of a run, in order. */
  public static List<RunEvent> events(RunDirectory run) {
    return after(run, 0);
  }

  /** The events after a position, in order. */
  public static List<RunEvent> after(RunDirectory run, long sequence) {
    List<RunEvent> events = new ArrayList<>();
    JournalReader reader = new JournalReader(run);
    long from = sequence;
    JournalReader.Batch batch = reader.read(from);
    while (!batch.atEnd(from)) {
      events.addAll(batch.events());
      from = batch.sequence();
      batch = reader.read(from);
    }
    return events;
  }
}
