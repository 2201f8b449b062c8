package dev.wrought.benchmarks;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A folder that is deleted with all that is in it.
 *
 * @param path absolute
 */
record TemporaryFolder(Path path) implements AutoCloseable {
  /** A new one. */
  static TemporaryFolder make() {
    try {
      return new TemporaryFolder(Files.createTempDirectory("wrought-bench"));
    } catch (IOException failure) {
      throw new WroughtException(
          ErrorCode.STORAGE, "cannot make a temporary folder: " + failure.getMessage(), failure);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> all = Files.walk(path)) {
      all.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException leftover) {
      System.err.println("left behind: " + path + ": " + leftover.getMessage());
    }
  }
}
