package dev.wrought.cli.local;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was built, and how it is started.
 *
 * @param root the checkout
 * @param java the {@code java} to start it with: the one that runs this
 * @param start whether starts use ready-made classes, or make them
 */
public record Installation(Path root, Path java, Start start) {

  /** What a start does with the ready-made classes of JEP 514, which halve its time and more. */
  public enum Start {
    /** Uses them, where they are there. */
    QUICK,
    /** Makes them, when the process ends. */
    RECORDED
  }

  public static Installation current(Path root) {
    return of(root, Start.QUICK);
  }

  /** An installation whose parts leave ready-made classes behind for the next starts. */
  public static Installation recording(Path root) {
    return of(root, Start.RECORDED);
  }

  private static Installation of(Path root, Start start) {
    return new Installation(root, Path.of(System.getProperty("java.home"), "bin", "java"), start);
  }

  /** The command line of a part; broker arguments are its data folder and port. */
  public List<String> command(Part part, Home home, int port) {
    List<String> command = new ArrayList<>(List.of(java.toString()));
    command.addAll(memory(part));
    command.addAll(
        List.of(
            "-Xlog:disable", "-Xlog:all=error:stderr", "--sun-misc-unsafe-memory-access=allow"));
    classes(part).ifPresent(command::add);
    command.addAll(List.of("-jar", jar(part).toString()));
    if (part == Part.BROKER) {
      command.addAll(List.of(home.kafka().toString(), Integer.toString(port)));
    }
    return command;
  }

  /**
   * All small, with the serial collector: the machine's memory is the worker's. The broker and
   * eval-svc are never hot; the others keep C2, serving-svc's Vector API kernels need it.
   */
  private static List<String> memory(Part part) {
    List<String> common = List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");
    List<String> own =
        switch (part) {
          case BROKER -> List.of("-Xmx128m", "-XX:TieredStopAtLevel=1");
          case EVAL -> List.of("-Xmx160m");
          case TRAINER -> List.of("-Xmx160m", "--enable-native-access=ALL-UNNAMED");
          case TOKENIZER -> List.of("-Xmx512m", "--enable-native-access=ALL-UNNAMED");
          case SERVING ->
              List.of(
                  "-Xmx256m",
                  "--add-modules=jdk.incubator.vector",
                  "--enable-native-access=ALL-UNNAMED");
        };
    List<String> all = new ArrayList<>(common);
    all.addAll(own);
    return all;
  }

  /**
   * What was built of a part.
   *
   * @throws WroughtException FAILED_PRECONDITION if it was not
   */
  public Path jar(Part part) {
    Path jar =
        part == Part.BROKER
            ? root.resolve("cli/broker/target/broker.jar")
            : root.resolve(part.label() + "-svc/target/quarkus-app/quarkus-run.jar");
    if (!Files.isRegularFile(jar)) {
      throw new WroughtException(
          ErrorCode.FAILED_PRECONDITION,
          "%s is not built: start it with ./wrought up, which builds what is missing"
              .formatted(jar));
    }
    return jar;
  }

  /**
   * The option for ready-made classes. A cache that is older than the jar is left out: the JVM
   * would refuse it, and start without its own as well.
   */
  private Optional<String> classes(Part part) {
    Path jar = jar(part);
    Path cache = jar.resolveSibling(part.label() + ".aot");
    return switch (start) {
      case RECORDED -> Optional.of("-XX:AOTCacheOutput=" + cache);
      case QUICK ->
          cache.toFile().lastModified() > jar.toFile().lastModified()
              ? Optional.of("-XX:AOTCache=" + cache)
              : Optional.empty();
    };
  }
}
