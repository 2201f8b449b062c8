package dev.wrought.core.artifact;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Files that are on the disk whole or not at all: written beside their place, forced out, renamed,
 * and the folder forced out too, without which the rename itself may be lost.
 */
public final class DurableFiles {
  private static final String TEMPORARY = ".tmp-";

  private DurableFiles() {}

  /** What goes into a file, written piece by piece. */
  @FunctionalInterface
  public interface Content {
    void writeTo(FileChannel channel) throws IOException;
  }

  /** Writes a file, replacing one that is there; a crash leaves the old or the new, never a mix. */
  public static void write(Path file, byte[] content) throws IOException {
    write(file, channel -> ChannelOutput.write(channel, ByteBuffer.wrap(content)));
  }

  /** The same for content that is too large to hold; if it fails, the old file stays. */
  public static void write(Path file, Content content) throws IOException {
    Path temporary = file.resolveSibling(temporaryName());
    try {
      try (FileChannel channel = FileChannel.open(temporary, WRITE, CREATE_NEW)) {
        content.writeTo(channel);
        channel.force(true);
      }
      move(temporary, file);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Renames a file or folder within one file system, and forces the target's folder out. */
  public static void move(Path from, Path to) throws IOException {
    Files.move(from, to, ATOMIC_MOVE);
    Path folder = to.toAbsolutePath().getParent();
    if (folder != null) {
      forceFolder(folder);
    }
  }

  /** Forces a file's content out to the disk. */
  public static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, WRITE)) {
      channel.force(true);
    }
  }

  /**
   * Forces every file of a folder out, and then the folder. Not recursive. All files at once, for
   * which a disk needs little longer than for one.
   */
  public static void forceAll(Path folder) throws IOException {
    List<Future<String>> forced = new ArrayList<>();
    try (Stream<Path> entries = Files.list(folder);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Path entry : (Iterable<Path>) entries::iterator) {
        forced.add(
            threads.submit(() -> {
              force(entry);
              return "";
            }));
      }
    }
    for (Future<String> each : forced) {
      if (each.state() == Future.State.FAILED) {
        throw new IOException(each.exceptionNow().getMessage(), each.exceptionNow());
      }
    }
    forceFolder(folder);
  }

  /** Forces a folder's list of entries out to the disk. */
  public static void forceFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, READ)) {
      channel.force(true);
    }
  }

  /** A name for a file or folder that is not finished; whoever finds one may delete it. */
  public static String temporaryName() {
    return TEMPORARY + UUID.randomUUID();
  }

  /** Whether a file or folder of this name is not finished. */
  public static boolean isTemporary(String name) {
    return name.startsWith(TEMPORARY);
  }

  /** Deletes a folder with all that is in it; links are removed, never followed. */
  public static void deleteFolder(Path folder) throws IOException {
    try {
      Files.walkFileTree(folder, new Deletion());
    } catch (NoSuchFileException gone) {
      // Deleted by someone else: what was wanted.
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
