package dev.wrought.trainer.loop;

/** How training ended. */
public sealed interface Ending {
  /** All planned steps are done. */
  record Completed() implements Ending {}

  /** It was asked to end, and a checkpoint is saved. */
  record Stopped() implements Ending {}

  /**
   * The guard said stop: the weights are those of the last good step, which were not saved again.
   *
   * @param message which step, which sequences, what was wrong
   */
  record NonFinite(String message) implements Ending {}
}
