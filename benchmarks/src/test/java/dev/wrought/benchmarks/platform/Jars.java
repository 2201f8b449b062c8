package dev.wrought.benchmarks.platform;

import dev.wrought.cli.local.Part;
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

  /** What the platform needs and nobody has built. */
  static List<Path> missing() {
    return Arrays.stream(Part.values()).map(Jars::of).filter(jar -> !Files.exists(jar)).toList();
  }
}
