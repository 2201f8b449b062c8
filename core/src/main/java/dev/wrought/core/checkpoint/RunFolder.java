package dev.wrought.core.checkpoint;

import java.nio.file.Path;

/**
 * What others than its trainer read of a run: {@code $WROUGHT_HOME/runs/<uid>}. trainer-svc is the
 * only writer.
 */
public record RunFolder(Path path) {

  /** The folder of all runs. */
  public static Path all(Path home) {
    return home.resolve("runs");
  }

  /** JSON with the run's {@code name} and when it was {@code created}, among others. */
  public Path state() {
    return path.resolve("run.json");
  }

  /** Where {@link Checkpoints} are. */
  public Path checkpoints() {
    return path.resolve("checkpoints");
  }
}
