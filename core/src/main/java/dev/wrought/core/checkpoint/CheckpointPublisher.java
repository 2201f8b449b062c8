package dev.wrought.core.checkpoint;

import dev.wrought.core.artifact.DurableFiles;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
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
 *
 * <p>A folder cannot be replaced at once. A checkpoint of the same step (of an older epoch, or
 * damaged) is therefore moved aside first, and deleted when its successor's rename is synced. A
 * crash between the two renames leaves neither in its place; {@link #recover}, and every sweep,
 * puts the old one back.
 */
public final class CheckpointPublisher {
  static final String STRAY = ".tmp-";
  private static final String REPLACED = STRAY + "replaced-";
  private static final System.Logger LOG = System.getLogger(CheckpointPublisher.class.getName());

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
   * Puts in order what a crash left behind: to be called before asking what to go on from.
   *
   * @throws WroughtException STORAGE
   */
  public void recover() {
    try {
      Files.createDirectories(checkpoints);
      sweep();
    } catch (IOException | UncheckedIOException failure) {
      throw new WroughtException(
          ErrorCode.STORAGE,
          "what a crash left in %s cannot be cleared away: %s; mend the disk, then resume"
              .formatted(checkpoints, failure.getMessage()),
          failure);
    }
  }

  /**
   * Publishes a checkpoint, replacing one of the same step.
   *
   * @throws WroughtException STORAGE: nothing is published, what was written is removed, and the
   *     older checkpoints are as they were; or, if the message says so, it is published and only
   *     its rename could not be synced
   */
  public Checkpoint publish(int step, Content content) {
    Path target = checkpoints.resolve(Checkpoints.name(step));
    try {
      Files.createDirectories(checkpoints);
      sweep();
      place(target, content);
    } catch (IOException | UncheckedIOException failure) {
      throw new WroughtException(
          ErrorCode.STORAGE,
          "the checkpoint of step %d could not be saved in %s: %s; the older ones are untouched. Free some room or mend the disk, then resume"
              .formatted(step, checkpoints, failure.getMessage()),
          failure);
    }
    Checkpoint published = Checkpoint.peek(target);
    syncRename(target);
    sweepAfter(target);
    return published;
  }

  /** Makes the checkpoint and renames it to its place; where that fails nothing has changed. */
  private void place(Path target, Content content) throws IOException {
    try {
      Path temporary = Files.createDirectory(checkpoints.resolve(STRAY + target.getFileName()));
      fill(temporary, content);
      if (Files.exists(target)) {
        Path aside = checkpoints.resolve(REPLACED + target.getFileName());
        Files.move(target, aside, StandardCopyOption.ATOMIC_MOVE);
        observer.reached(Stage.PREDECESSOR_MOVED);
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException failure) {
      try {
        sweep();
      } catch (IOException | UncheckedIOException another) {
        failure.addSuppressed(another);
      }
      throw failure;
    }
    observer.reached(Stage.RENAMED);
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

  private void syncRename(Path published) {
    try {
      DurableFiles.forceFolder(checkpoints);
    } catch (IOException failure) {
      throw new WroughtException(
          ErrorCode.STORAGE,
          "the checkpoint %s is there, but its name could not be forced out to the disk: %s; it may be gone after a power failure. Mend the disk, then resume"
              .formatted(published, failure.getMessage()),
          failure);
    }
    observer.reached(Stage.PARENT_SYNCED);
  }

  /** Strays that stay are no reason to call a published checkpoint a failure. */
  private void sweepAfter(Path published) {
    try {
      sweep();
    } catch (IOException | UncheckedIOException failure) {
      LOG.log(
          Level.WARNING,
          "the checkpoint {0} is saved; what is left beside it could not be removed: {1}",
          published,
          failure.getMessage());
    }
  }

  /** Removes what crashes left behind, and puts back what was moved aside and not replaced. */
  private void sweep() throws IOException {
    try (Stream<Path> entries = Files.list(checkpoints)) {
      List<Path> strays =
          entries.filter(entry -> entry.getFileName().toString().startsWith(STRAY)).toList();
      for (Path stray : strays) {
        if (stray.getFileName().toString().startsWith(REPLACED)) {
          settle(stray);
        } else {
          DurableFiles.deleteFolder(stray);
        }
      }
    }
  }

  /** Decides what becomes of a checkpoint that was moved aside. */
  private void settle(Path aside) throws IOException {
    String name = aside.getFileName().toString().substring(REPLACED.length());
    Path target = checkpoints.resolve(name);
    if (Files.exists(target)) {
      DurableFiles.forceFolder(checkpoints); // before it goes its successor must be there to stay
      Checkpoints.delete(aside);
    } else {
      DurableFiles.move(aside, target);
    }
  }
}
