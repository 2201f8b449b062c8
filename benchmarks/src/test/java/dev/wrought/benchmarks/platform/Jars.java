package dev.wrought.benchmarks.platform;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wrought.cli.local.Part;
import dev.wrought.core.artifact.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The packaged programs of this checkout. */
final class Jars {
  static final Path ROOT = Path.of(System.getProperty("wrought.root", "..")).toAbsolutePath();

  private Jars() {}

  static Path of(Part part) {
    return part == Part.BROKER
        ? ROOT.resolve("cli/broker/target/broker.jar")
        : ROOT.resolve(part.label() + "-svc/target/quarkus-app/quarkus-run.jar");
  }

  /** Skips the tests of a checkout whose programs nobody has packaged. */
  static void assumeBuilt() {
    List<Path> missing =
        Arrays.stream(Part.values()).map(Jars::of).filter(jar -> !Files.exists(jar)).toList();
    assumeTrue(
        missing.isEmpty(),
        () -> "not built: %s (./wrought test builds everything)".formatted(missing));
  }

  static Path folder(String name) {
    return ROOT.resolve("benchmarks/target/platform").resolve(name);
  }

  /**
   * A folder for what processes leave behind; it stays for who looks for the cause of a failure.
   */
  static Path emptyFolder(String name) {
    Path folder = folder(name);
    try {
      DurableFiles.deleteFolder(folder);
      return Files.createDirectories(folder);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
