package dev.wrought.cli.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  @TempDir private Path folder;

  @Test
  void tail_ofALongLog_isItsLastLines() throws IOException {
    Path log = folder.resolve("eval.log");
    Files.writeString(log, "line\n".repeat(200_000) + "last but one\nlast\n");
    assertEquals(List.of("last but one", "last"), LogFile.tail(log, 2));
    assertEquals(List.of(), LogFile.tail(folder.resolve("none.log"), 2));
    assertEquals(List.of(), LogFile.tail(log, 0));
  }

  @Test
  void lastWords_areTheLastError_notItsStack() throws IOException {
    Path log = folder.resolve("eval.log");
    Files.writeString(
        log,
        """
        INFO started
        java.lang.IllegalStateException: the store is locked
        \tat dev.wrought.Some.method(Some.java:1)
        INFO stopped
        """);
    assertEquals(
        new LogFile.LastWords(
            Optional.empty(), "java.lang.IllegalStateException: the store is locked"),
        LogFile.lastWords(log));
    Files.writeString(
        log,
        """
        java.lang.RuntimeException: Failed to start quarkus
        Caused by: %s
        """
            .formatted(new WroughtException(ErrorCode.INVALID_PLUGIN, "the name mine is taken")));
    assertEquals(
        new LogFile.LastWords(Optional.of(ErrorCode.INVALID_PLUGIN), "the name mine is taken"),
        LogFile.lastWords(log));
    Files.writeString(log, "INFO stopped\nPicked up JAVA_TOOL_OPTIONS: -Xlog:all=error\n");
    assertEquals("INFO stopped", LogFile.lastWords(log).text());
    Files.writeString(log, "");
    assertEquals("it is empty", LogFile.lastWords(log).text());
  }

  @Test
  void follower_passesOnWholeLines_alsoOfALogThatIsReplaced()
      throws IOException, InterruptedException {
    Path log = folder.resolve("eval.log");
    Files.writeString(log, "from before\n");
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    LogFollower follower =
        new LogFollower(List.of(Part.EVAL), _ -> log, (part, line) -> lines.add(part + line));
    Thread thread = Thread.ofVirtual().start(() -> follow(follower));
    append(log, "one\ntw");
    assertEquals("EVALone", lines.poll(20, TimeUnit.SECONDS));
    append(log, "o\n");
    assertEquals("EVALtwo", lines.poll(20, TimeUnit.SECONDS));
    Files.writeString(log, "new\n");
    assertEquals("EVALnew", lines.poll(20, TimeUnit.SECONDS));
    assertTrue(lines.isEmpty());
    thread.interrupt();
    thread.join();
  }

  private static void append(Path log, String text) throws IOException {
    Files.writeString(log, text, StandardOpenOption.APPEND);
  }

  private static void follow(LogFollower follower) {
    try {
      follower.run();
    } catch (InterruptedException done) {
      Thread.currentThread().interrupt();
    }
  }
}
