package dev.wrought.trainer.worker;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/** One line a message on standard error, which is the worker's log. */
final class WorkerLogging {
  private static final String SETTINGS =
      """
      handlers=java.util.logging.ConsoleHandler
      .level=INFO
      java.util.logging.ConsoleHandler.formatter=java.util.logging.SimpleFormatter
      java.util.logging.SimpleFormatter.format=%1$tFT%1$tT.%1$tL%1$tz %4$-7s %5$s%6$s%n
      """;

  private WorkerLogging() {}

  static void configure() {
    try {
      LogManager.getLogManager()
          .readConfiguration(
              new ByteArrayInputStream(SETTINGS.getBytes(StandardCharsets.ISO_8859_1)));
    } catch (IOException impossible) {
      throw new UncheckedIOException("from memory", impossible);
    }
  }
}
