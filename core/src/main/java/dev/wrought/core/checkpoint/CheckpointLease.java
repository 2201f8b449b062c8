package dev.wrought.core.checkpoint;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A reader's promise to be reading: while it is open, retention leaves the checkpoint alone. Each
 * lease is a locked file of its own under {@code checkpoints/.leases}; the operating system drops
 * the lock of a reader that dies, so a lease never outlives its process. Safe for several threads
 * and processes.
 *
 * <p>A file per lease, rather than shared locks on one file, because POSIX drops all locks of a
 * process on a file as soon as the process closes any descriptor of it. For the same reason this
 * process's own leases are remembered and never probed.
 */
public final class CheckpointLease implements AutoCloseable {
  private static final String FOLDER = ".leases";
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private CheckpointLease(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Pins a published checkpoint until the lease is closed.
   *
   * @throws WroughtException NOT_FOUND where the checkpoint is gone, STORAGE
   */
  public static CheckpointLease take(Path checkpoint) {
    Path target = checkpoint.toAbsolutePath().normalize();
    Path file = leases(target).resolve(target.getFileName() + "." + UUID.randomUUID());
    try {
      Files.createDirectories(file.getParent());
      OURS.add(file);
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
      CheckpointLease lease = new CheckpointLease(file, channel);
      lease.lock();
      // Retention may have run between the creation and the lock: then the folder, or our file, is
      // gone.
      if (Files.isDirectory(target) && Files.exists(file)) {
        return lease;
      }
      lease.close();
      throw new WroughtException(
          ErrorCode.NOT_FOUND, "the checkpoint %s has been deleted".formatted(target));
    } catch (IOException failure) {
      OURS.remove(file);
      throw new WroughtException(
          ErrorCode.STORAGE, "cannot pin %s: %s".formatted(target, failure), failure);
    }
  }

  private void lock() throws IOException {
    try {
      channel.lock();
    } catch (IOException unlockable) {
      close();
      throw unlockable;
    }
  }

  /** Whether any process reads the checkpoint. Leases of the dead are removed on the way. */
  static boolean isTaken(Path checkpoint) throws IOException {
    Path target = checkpoint.toAbsolutePath().normalize();
    if (!Files.isDirectory(leases(target))) {
      return false;
    }
    try (Stream<Path> listed = Files.list(leases(target))) {
      List<Path> files =
          listed
              .filter(file -> file.getFileName().toString().startsWith(target.getFileName() + "."))
              .toList();
      for (Path file : files) {
        if (isLive(file)) {
          return true;
        }
      }
      return false;
    }
  }

  private static boolean isLive(Path file) throws IOException {
    if (OURS.contains(file)) {
      return true;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      if (channel.tryLock() == null) {
        return true;
      }
      Files.deleteIfExists(file);
      return false;
    } catch (java.nio.file.NoSuchFileException closedMeanwhile) {
      return false;
    }
  }

  private static Path leases(Path checkpoint) {
    return checkpoint.resolveSibling(FOLDER);
  }

  @Override
  public void close() {
    try (channel) {
      Files.deleteIfExists(file);
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    } finally {
      OURS.remove(file);
    }
  }
}
