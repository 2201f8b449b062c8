package dev.wrought.core.fuzz;

import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Made-up files on the disk, for what maps them or seeks in them. A folder a process. */
public final class FuzzedFolder {
  private static final Path FOLDER = create();

  private FuzzedFolder() {}

  /** Where they lie. */
  public static Path path() {
    return FOLDER;
  }

  /**
   * Writes a file in place of the last one of that name. That is deleted, since ext4 writes out at
   * once what a truncated file is filled with: an input once waited 40 s for a busy disk.
   */
  public static Path put(String name, byte[] content) {
    try {
      Path file = FOLDER.resolve(name);
      Files.deleteIfExists(file);
      return Files.write(file, content);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A file's content. */
  public static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Has a file read, or all files that begin with a name.
   *
   * @throws WroughtException which refuses it, by its name
   */
  public static void read(Path file, Consumer<Path> reader) {
    try {
      reader.accept(file);
    } catch (WroughtException refused) {
      if (!String.valueOf(refused.getMessage()).contains(file.toString())) {
        throw new AssertionError("refused, but without the name of the file", refused);
      }
      throw refused;
    }
  }

  private static Path create() {
    try {
      Path folder = Files.createTempDirectory("fuzzed");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      return folder;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
