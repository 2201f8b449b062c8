package dev.wrought.cli.local;

import dev.wrought.core.error.ErrorCode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The end of a log, without reading what comes before. */
public final class LogFile {
  private static final int TAIL_BYTES = 256 << 10;

  /** In front of what a failure says; the name of another exception may be all that it says. */
  private static final Pattern CAUSE =
      Pattern.compile("(?:Caused by: )?(?:[\\w.]+\\.WroughtException: (WROUGHT-\\d+): )?");

  /** What a JVM says of options in its environment, the one that writes ready-made classes last. */
  private static final String JVM_NOTE = "Picked up ";

  private LogFile() {}

  /** Up to so many of the last lines; none where there is no log. */
  public static List<String> tail(Path log, int lines) {
    if (!Files.exists(log)) {
      return List.of();
    }
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long start = Math.max(0, file.length() - TAIL_BYTES);
      byte[] bytes = new byte[(int) (file.length() - start)];
      file.seek(start);
      file.readFully(bytes);
      List<String> all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      return all.subList(Math.max(0, all.size() - lines), all.size());
    } catch (IOException failure) {
      throw Home.storage("cannot read " + log, failure);
    }
  }

  /**
   * Why a process ended, as far as its log tells.
   *
   * @param code empty if it is not one of our own failures
   */
  record LastWords(Optional<ErrorCode> code, String text) {
    static LastWords of(String line) {
      Matcher cause = CAUSE.matcher(line);
      boolean _ = cause.lookingAt();
      Optional<ErrorCode> code =
          Arrays.stream(ErrorCode.values())
              .filter(each -> each.label().equals(cause.group(1)))
              .findFirst();
      return new LastWords(code, line.substring(cause.end()));
    }
  }

  /** The last line that is about an error, without what only programs read, else the last line. */
  static LastWords lastWords(Path log) {
    List<String> lines =
        tail(log, 200).stream()
            .filter(line -> !line.isBlank() && !line.startsWith(JVM_NOTE))
            .toList();
    String line =
        lines.reversed().stream()
            .filter(each -> each.matches(".*(\\b(ERROR|FATAL)|Exception|Error)\\b.*"))
            .filter(each -> !each.startsWith("\tat "))
            .findFirst()
            .orElse(lines.isEmpty() ? "it is empty" : lines.getLast());
    return LastWords.of(line.strip());
  }
}
