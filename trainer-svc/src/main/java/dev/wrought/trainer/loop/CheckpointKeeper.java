package dev.wrought.trainer.loop;

import java.util.OptionalInt;

/** Saves the trainee as it is now. */
@FunctionalInterface
public interface CheckpointKeeper {
  /**
   * Publishes a checkpoint; when this returns it is on the disk.
   *
   * @throws dev.wrought.core.error.WroughtException STORAGE where that fails, LOCKED where a newer
   *     start of the run has taken over, CORRUPT_FILE where the training data was changed
   */
  void save(Progress progress, OptionalInt plannedSteps);
}
