package dev.wrought.cli.command;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** What verbs read. */
final class Input {
  private Input() {}

  /** Standard input, to its end. */
  static byte[] standard() {
    try {
      return System.in.readAllBytes();
    } catch (IOException failure) {
      throw unreadable(failure);
    }
  }

  /**
   * Hands each line of standard input on when it has been read, without its end.
   *
   * @param pause called after a line when the next one is not there yet
   */
  static void standardLines(Consumer<byte[]> each, Runnable pause) {
    try {
      lines(new BufferedInputStream(System.in), each, pause);
    } catch (IOException failure) {
      throw unreadable(failure);
    }
  }

  /** Hands each line of a text on, without its end. */
  static void lines(byte[] text, Consumer<byte[]> each) {
    try {
      lines(new ByteArrayInputStream(text), each, () -> {});
    } catch (IOException impossible) {
      throw new AssertionError("reading from memory", impossible);
    }
  }

  private static void lines(InputStream in, Consumer<byte[]> each, Runnable pause)
      throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    while (next >= 0) {
      if (next == '\n') {
        each.accept(line.toByteArray());
        line.reset();
        if (in.available() == 0) {
          pause.run();
        }
      } else {
        line.write(next);
      }
      next = in.read();
    }
    if (line.size() > 0) {
      each.accept(line.toByteArray());
    }
  }

  private static WroughtException unreadable(IOException failure) {
    return new WroughtException(
        ErrorCode.INVALID_DATA, "standard input cannot be read: " + failure.getMessage(), failure);
  }

  /** A text file, which the user named. */
  static String file(Path path) {
    if (!Files.exists(path)) {
      throw new WroughtException(ErrorCode.NOT_FOUND, "no file " + path);
    }
    try {
      return Files.readString(path);
    } catch (IOException failure) {
      throw new WroughtException(
          ErrorCode.INVALID_DATA,
          "%s cannot be read as UTF-8 text: %s".formatted(path, failure.getMessage()),
          failure);
    }
  }
}
