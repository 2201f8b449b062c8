package dev.wrought.core.checkpoint;

import dev.wrought.core.artifact.DurableFiles;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes a checkpoint appear at once or not at all. Its files are written into a folder {@code
 * .tmp-...} beside the others and synced; the manifest comes last; then the folder is synced,
 * renamed, and the rename itself synced. A crash at any point leaves the older checkpoints as they
 * were, and a stray that every reader ignores and the next publication sweeps away. One publisher
 * at a time: whoever holds the run's lock.
 */
public final class CheckpointPublisher {
  static final String STRAY = ".tmp-";

  /** Writes the files of a checkpoint, all but the manifest, into an empty folder. */
  @FunctionalInterface
  public interface Content {
    void writeTo(Path folder) throws IOException;
  }

  /** What has just been done: the points at which tests crash. */
  enum Stage {
    CONTENT_WRITTEN,
    FILES_SYNCED,
    MANIFEST_WRITTEN,
    MANIFEST_SYNCED,
    FOLDER_SYNCED,
    PREDECESSOR_MOVED,
    RENAMED,
    PARENT_SYNCED
  }

  /** Watches the stages go by. */
  @FunctionalInterface
  interface Observer {
    void reached(Stage stage);
  }

  private final Path checkpoints;
  private final Observer observer;

  /** Publishes into a run's {@code checkpoints} folder, which is made where it is missing. */
  public CheckpointPublisher(Path checkpoints) {
    this(checkpoints, stage -> {});
  }

  CheckpointPublisher(Path checkpoints, Observer observer) {
    this.checkpoints = checkpoints.toAbsolutePath();
    this.observer = observer;
  }

  /**
   * Publishes a checkpoint, replacing one of the same step.
   *
   * @throws WroughtException STORAGE: nothing is published, what was written is removed, and the
   *     older checkpoints are as they were
   */
  public Checkpoint publish(int step, Content content) {
    try {
      Files.createDirectories(checkpoints);
      sweep();
      Path temporary = Files.createDirectory(checkpoints.resolve(STRAY + Checkpoints.name(step)));
      try {
        fill(temporary, content);
        return Checkpoint.peek(rename(temporary, checkpoints.resolve(Checkpoints.name(step))));
      } catch (IOException | RuntimeException failure) {
        DurableFiles.deleteFolder(temporary);
        throw failure;
      }
    } catch (IOException | UncheckedIOException failure) {
      throw new WroughtException(
          ErrorCode.STORAGE,
          "the checkpoint of step %d could not be saved in %s: %s; the older ones are untouched. Free some room or mend the disk, then resume"
              .formatted(step, checkpoints, failure.getMessage()),
          failure);
    }
  }

  private void fill(Path folder, Content content) throws IOException {
    content.writeTo(folder);
    observer.reached(Stage.CONTENT_WRITTEN);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        DurableFiles.force(file);
      }
    }
    observer.reached(Stage.FILES_SYNCED);
    Manifest.of(folder).write(folder);
    observer.reached(Stage.MANIFEST_WRITTEN);
    DurableFiles.force(folder.resolve(Manifest.FILE_NAME));
    observer.reached(Stage.MANIFEST_SYNCED);
    DurableFiles.forceFolder(folder);
    observer.reached(Stage.FOLDER_SYNCED);
  }

  private Path rename(Path temporary, Path target) throws IOException {
    if (Files.exists(
        target)) { // of an older epoch, or damaged: a folder cannot be replaced at once
      Path aside = checkpoints.resolve(STRAY + "replaced-" + target.getFileName());
      Files.move(target, aside, StandardCopyOption.ATOMIC_MOVE);
      observer.reached(Stage.PREDECESSOR_MOVED);
    }
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    observer.reached(Stage.RENAMED);
    DurableFiles.forceFolder(checkpoints);
    observer.reached(Stage.PARENT_SYNCED);
    sweep();
    return target;
  }

  /** Removes what crashes left behind. */
  private void sweep() throws IOException {
    try (Stream<Path> entries = Files.list(checkpoints)) {
      List<Path> strays =
          entries.filter(entry -> entry.getFileName().toString().startsWith(STRAY)).toList();
      for (Path stray : strays) {
        DurableFiles.deleteFolder(stray);
      }
    }
  }
}
