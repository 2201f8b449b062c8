package dev.wrought.trainer.journal;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrought.core.artifact.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/**
 * A worker's last words in {@code exit.json}: they reach a service that was not there when the
 * worker ended, and the exit codes of processes that are not its children.
 *
 * @param epoch of the start that ended
 * @param code the process's exit code
 * @param message for people; may be empty
 */
public record WorkerExit(int epoch, int code, String message) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Writes it down. */
  public void write(RunDirectory run) throws IOException {
    DurableFiles.write(run.exit(), JSON.writeValueAsBytes(this));
  }

  /** What the worker of an epoch said; empty where it ended without a word. */
  public static Optional<WorkerExit> read(RunDirectory run, int epoch) {
    if (!Files.exists(run.exit())) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(run.exit()), WorkerExit.class))
          .filter(exit -> exit.epoch() == epoch);
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
