package dev.wrought.trainer.journal;

import dev.wrought.core.checkpoint.RunFolder;
import java.nio.file.Path;

/**
 * The files of one run, under {@code $WROUGHT_HOME/runs/<uid>}; {@link RunFolder} has those that
 * others read.
 */
public record RunDirectory(Path path) {
  public RunDirectory {
    path = path.toAbsolutePath().normalize();
  }

  /** The folder of a run. */
  public static RunDirectory of(Path home, String uid) {
    return new RunDirectory(RunFolder.all(home).resolve(uid));
  }

  /** The run's uid: the folder's name. */
  public String uid() {
    return String.valueOf(path.getFileName());
  }

  /** The resolved recipe; written once. */
  public Path recipe() {
    return path.resolve("recipe.yaml");
  }

  /** The run's state; trainer-svc writes it. */
  public Path state() {
    return new RunFolder(path).state();
  }

  /** The events; worker and trainer-svc append. */
  public Path events() {
    return path.resolve("events.log");
  }

  /** How far the events have been forwarded; trainer-svc writes it. */
  public Path cursor() {
    return path.resolve("events.cursor");
  }

  /** What the worker prints. */
  public Path workerLog() {
    return path.resolve("worker.log");
  }

  /** Held locked by the live worker; says who it is. */
  public Path lock() {
    return path.resolve("worker.lock");
  }

  /** The highest epoch that ever held the lock; written under the lock. */
  public Path fence() {
    return path.resolve("epoch");
  }

  /** The worker's last words: exit code and message; the worker writes it. */
  public Path exit() {
    return path.resolve("exit.json");
  }

  /** Threads and instruction set of the first start; the worker writes it. */
  public Path machine() {
    return path.resolve("machine.json");
  }

  public Path checkpoints() {
    return new RunFolder(path).checkpoints();
  }
}
