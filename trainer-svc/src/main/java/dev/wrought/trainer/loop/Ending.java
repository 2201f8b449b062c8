package dev.wrought.trainer.loop;

/** How training ended. */
public sealed interface Ending {
  /** All planned steps are done. */
  record Completed() implements Ending {}

  /**
   * It was asked to end.
   *
   * @param step that the last checkpoint is of; 0: there was nothing to save yet
   */
  record Stopped(int step) implements Ending {}

  /**
   * The guard said stop. The last checkpoint is the one saved before.
   *
   * @param message what was wrong, with which batch
   */
  record NonFinite(String message) implements Ending {}
}
