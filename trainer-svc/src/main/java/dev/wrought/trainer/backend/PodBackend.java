package dev.wrought.trainer.backend;

import java.util.Optional;

/**
 * Starts workers and finds them again. A pod outlives whoever started it: a service that comes back
 * adopts it by its reference. Thread-safe.
 */
public interface PodBackend {
  /**
   * Starts a worker.
   *
   * @throws dev.wrought.core.error.WroughtException STORAGE, INTERNAL_ERROR where it cannot be
   *     started; UNAVAILABLE where the place does not answer
   */
  Pod start(WorkerSpec worker);

  /** The pod that a reference names, if it still lives. */
  Optional<Pod> adopt(PodReference reference);
}
