package dev.wrought.serving.engine;

import java.util.Optional;

/** What one request wants computed: sequences, one after the other or several at once. */
public interface Job {

  /** The next sequence; empty when all have been handed out. Asked by the engine's thread. */
  Optional<Sequence> next();

  /** Whether somebody waits for every token: such jobs are computed before the others. */
  boolean urgent();

  /** Whether nobody waits any more. Asked before every step, so it must be quick. */
  boolean abandoned();

  /**
   * The job is over; its part of the cache is free again. Called once, by the engine's thread.
   *
   * @param failure why it could not be done
   */
  void end(Optional<RuntimeException> failure);
}
