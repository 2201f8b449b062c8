package dev.wrought.core.fuzz;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a fuzzing process says: kept in a file, and read for how far it is. A thread runs it until
 * the process has said all; others may ask.
 */
final class FuzzLog {
  /** {@code #4096 pulse cov: ...}, and at the end {@code Done 4100 runs in 60 second(s)}. */
  private static final Pattern EXECUTIONS = Pattern.compile("#(\\d+)\\s.*|Done (\\d+) runs .*");

  private final Process process;
  private final Path file;
  private volatile long executions;
  private volatile boolean fuzzing;

  FuzzLog(Process process, Path file) {
    this.process = process;
    this.file = file;
  }

  /** Appends everything to the file. */
  void copy() throws IOException {
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        BufferedWriter kept =
            Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        kept.write(line);
        kept.newLine();
        kept.flush();
        take(line);
      }
    }
  }

  /** How many inputs have been tried, as far as it was said. */
  long executions() {
    return executions;
  }

  /** Whether it has begun: starting up is no fuzzing. */
  boolean isFuzzing() {
    return fuzzing;
  }

  private void take(String line) {
    Matcher said = EXECUTIONS.matcher(line);
    if (said.matches()) {
      executions = Long.parseLong(said.group(1) == null ? said.group(2) : said.group(1));
      fuzzing = true;
    }
  }
}
