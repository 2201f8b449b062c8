package dev.wrought.trainer.backend;

import java.util.OptionalInt;

/** A worker that was started. Thread-safe. */
public interface Pod {
  PodReference reference();

  boolean isAlive();

  /** Its exit code, where it has ended and the backend knows. */
  OptionalInt exitCode();

  /** Asks it to save a checkpoint and end (SIGTERM). */
  void stop();

  /** Ends it at once (SIGKILL). */
  void kill();
}
