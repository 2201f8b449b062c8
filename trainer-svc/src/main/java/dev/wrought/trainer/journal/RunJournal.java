package dev.wrought.trainer.journal;

import dev.wrought.core.event.EventLog;
import dev.wrought.edge.kafka.EventJson;
import dev.wrought.proto.trainer.v1.RunEvent;
import java.time.InstantSource;

/** Appends events to a run's {@code events.log}, each stamped with the time. Thread-safe. */
public final class RunJournal implements AutoCloseable {
  private final EventLog log;
  private final InstantSource clock;

  public RunJournal(RunDirectory run, InstantSource clock) {
    this.log = EventLog.open(run.events());
    this.clock = clock;
  }

  /**
   * Writes one event down; when this returns it survives this process.
   *
   * @throws dev.wrought.core.error.WroughtException STORAGE
   */
  public void append(RunEvent.Builder event) {
    log.append(EventJson.write(event.setTimeMillis(clock.millis()).build()));
  }

  /** Forces everything written so far to the disk. */
  public void sync() {
    log.sync();
  }

  @Override
  public void close() {
    log.close();
  }
}
