package dev.wrought.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of its own that works and tells what it does, a line each, and may be killed meanwhile.
 *
 * @param main the class that works
 */
public record VictimProcess(Class<?> main, List<String> arguments) {
  private static final long PATIENCE_SECONDS = 120;
  private static final int KILLED = 137;

  /** Lets it come to its end. @return what it told */
  public List<String> run() throws IOException, InterruptedException {
    Process process = start();
    try (BufferedReader told = process.inputReader()) {
      List<String> seen = told.lines().toList();
      assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it does not end");
      assertEquals(0, process.exitValue());
      return seen;
    }
  }

  /**
   * Kills it with a signal that it cannot catch, when it has told so many lines that begin with a
   * word.
   *
   * @return what it told
   */
  public List<String> killAfter(String word, int lines) throws IOException, InterruptedException {
    Process process = start();
    try (BufferedReader told = process.inputReader()) {
      List<String> seen = told.lines().takeWhile(new Countdown(word, lines)::goesOn).toList();
      process.destroyForcibly();
      assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it outlives kill -9");
      assertEquals(KILLED, process.exitValue(), "it ended before it was killed");
      return seen;
    }
  }

  /** Counts the lines that begin with a word. */
  private static final class Countdown {
    private final String word;
    private int left;

    Countdown(String word, int left) {
      this.word = word;
      this.left = left;
    }

    boolean goesOn(String line) {
      return !line.startsWith(word) || left-- > 0;
    }
  }

  private Process start() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
