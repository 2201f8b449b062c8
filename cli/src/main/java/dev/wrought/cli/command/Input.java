package dev.wrought.cli.command;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What verbs read. */
final class Input {
  private Input() {}

  /** Standard input, to its end. */
  static byte[] standard() {
    try {
      return System.in.readAllBytes();
    } catch (IOException failure) {
      throw new WroughtException(
          ErrorCode.INVALID_DATA,
          "standard input cannot be read: " + failure.getMessage(),
          failure);
    }
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
