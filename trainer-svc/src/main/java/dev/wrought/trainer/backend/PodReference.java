package dev.wrought.trainer.backend;

import java.time.Instant;

/**
 * What a pod is found by after a restart.
 *
 * @param pid process id; 0 where the backend has none to tell
 * @param started tells a process from a later one with the same id; the epoch where the id alone is
 *     to be believed
 */
public record PodReference(long pid, Instant started) {

  /** A pod that is known to live by other signs. */
  public static PodReference ofLiving(long pid) {
    return new PodReference(pid, Instant.EPOCH);
  }

  /** Whether a pod with this id is the one meant by its id alone. */
  public boolean isById() {
    return started.equals(Instant.EPOCH);
  }
}
