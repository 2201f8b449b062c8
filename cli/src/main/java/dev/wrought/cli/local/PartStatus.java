package dev.wrought.cli.local;

import java.util.Optional;

/**
 * How a part is.
 *
 * @param process the last that was started for it
 * @param residentBytes of a live process, where the operating system tells
 */
public record PartStatus(
    Part part,
    State state,
    int port,
    Optional<ProcessRecord> process,
    Optional<Long> residentBytes) {
  /** What can be said of a part. */
  public enum State {
    /** It answers. */
    READY,
    /** Its process lives and does not answer yet, or no longer. */
    UNRESPONSIVE,
    /** Its process has ended, and nobody ended it by {@code down}. */
    DEAD,
    /** It was not started. */
    STOPPED,
    /** Somebody else runs it. */
    EXTERNAL
  }
}
