package dev.wrought.eval.ingest;

import jakarta.enterprise.context.ApplicationScoped;

/** What is known of the broker, and how far behind we are. Thread-safe. */
@ApplicationScoped
public class BrokerState {
  private Snapshot now = new Snapshot(false, "not asked so far", -1);

  /**
   * @param connected whether the broker answered when it was asked last
   * @param detail why not; empty if it did
   * @param lag records that are there and not read so far; -1: not known
   */
  public record Snapshot(boolean connected, String detail, long lag) {}

  public synchronized Snapshot now() {
    return now;
  }

  /** Sets the state; returns whether it is another one than before. */
  boolean connected(long lag) {
    return !replace(new Snapshot(true, "", lag)).connected;
  }

  /** Sets the state; returns whether it is another one than before. */
  boolean lost(String detail) {
    return replace(new Snapshot(false, detail, -1)).connected;
  }

  private synchronized Snapshot replace(Snapshot next) {
    Snapshot before = now;
    now = next;
    return before;
  }
}
