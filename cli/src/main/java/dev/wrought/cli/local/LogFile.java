package dev.wrought.cli.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of a log, without reading what comes before. */
public final class LogFile {
  private static final int TAIL_BYTES = 256 << 10;

  /** In front of what a failure says; the name of another exception may be all that it says. */
  private static final String CAUSE = "^(Caused by: )?([\\w.]+\\.WroughtException: )?";

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

  /** The last line that is about an error, without what only programs read, else the last line. */
  static String lastWords(Path log) {
    List<String> lines =
        tail(log, 200).stream()
            .filter(line -> !line.isBlank() && !line.startsWith(JVM_NOTE))
            .toList();
    return lines.reversed().stream()
        .filter(line -> line.matches(".*(\\b(ERROR|FATAL)|Exception|Error)\\b.*"))
        .filter(line -> !line.startsWith("\tat "))
        .findFirst()
        .orElse(lines.isEmpty() ? "it is empty" : lines.getLast())
        .strip()
        .replaceFirst(CAUSE, "");
  }
}
