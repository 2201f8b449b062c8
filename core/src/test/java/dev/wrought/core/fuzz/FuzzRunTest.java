package dev.wrought.core.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A target goes on where it was, once only for the same code, and keeps what it finds. */
final class FuzzRunTest {
  private static final Duration WHOLE = Duration.ofMinutes(10);
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-07-30T08:00:00.5Z"), ZoneOffset.UTC);

  @TempDir Path module;

  private final List<Duration> asked = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private FuzzFolders folders = new FuzzFolders(Path.of(""), "");

  /** A shell takes Jazzer's place. */
  private String script = "echo '#1024 pulse'; echo 'Done 1100 runs in 60 second(s)'";

  @BeforeEach
  void writeSources() throws IOException {
    folders = new FuzzFolders(module, new Words().name());
    Files.createDirectories(folders.sources().resolve("a"));
    Files.writeString(folders.sources().resolve("a/Words.java"), "class Words {}");
    Files.writeString(folders.sources().resolve("a/Other.java"), "class Other {}");
  }

  /** A parser that is never called. */
  private static final class Words implements FuzzTarget {
    @Override
    public void read(byte[] input) {}

    @Override
    public Set<ErrorCode> refusals() {
      return Set.of();
    }

    @Override
    public List<byte[]> seeds() {
      return List.of("word".getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public List<String> dictionary() {
      return List.of();
    }

    @Override
    public List<String> code() {
      return List.of("a/W*.java");
    }
  }

  private FuzzOutcome run(Duration most) throws Exception {
    FuzzDriver driver =
        (target, where, time) -> {
          asked.add(time);
          return new ProcessBuilder("sh", "-c", script).directory(module.toFile()).start();
        };
    return new FuzzRun(new Words(), folders, driver, CLOCK, told::add).run(WHOLE, most);
  }

  @Test
  void run_inParts_addsThemUp_andStampsTheWhole() throws Exception {
    FuzzOutcome part = run(Duration.ofMinutes(4));
    assertEquals(240, assertInstanceOf(FuzzOutcome.Unfinished.class, part).done().seconds());
    assertFalse(Files.exists(folders.stamp()));

    FuzzOutcome rest = run(WHOLE);
    FuzzProgress done = assertInstanceOf(FuzzOutcome.Finished.class, rest).done();
    assertEquals(600, done.seconds());
    assertEquals(2 * 1100, done.executions());
    assertEquals(List.of(Duration.ofMinutes(4), Duration.ofMinutes(6)), asked);
    assertEquals(
        List.of(
            "fuzzing Words for 240 s (0 s done before)",
            "fuzzing Words for 360 s (240 s done before)"),
        told);
    List<String> stamp = Files.readAllLines(folders.stamp());
    assertTrue(
        stamp.containsAll(List.of("seconds=600", "executions=2200", "when=2026-07-30T08:00:00Z")),
        stamp.toString());
    assertTrue(stamp.getLast().matches("commit=\\w+.*"), stamp.toString());
    assertEquals("word", Files.readString(folders.seeds().resolve("seed-0")));
  }

  @Test
  void run_again_isDueOnlyWhenTheParserHasChanged() throws Exception {
    run(WHOLE);
    assertInstanceOf(FuzzOutcome.Unchanged.class, run(WHOLE));
    Files.writeString(folders.sources().resolve("a/Other.java"), "class Other { int more; }");
    assertInstanceOf(FuzzOutcome.Unchanged.class, run(WHOLE));
    Files.writeString(folders.sources().resolve("a/Words.java"), "class Words { int more; }");
    assertInstanceOf(FuzzOutcome.Finished.class, run(WHOLE));
    assertEquals(List.of(WHOLE, WHOLE), asked);
  }

  @Test
  void run_killed_goesOnWhereItWas() throws Exception {
    Files.createDirectories(folders.work());
    String code = ParserCode.digest(folders.sources(), new Words().code());
    new FuzzProgress(code, 599, 7).save(folders.progress());
    assertInstanceOf(FuzzOutcome.Finished.class, run(WHOLE));
    assertEquals(List.of(Duration.ofSeconds(1)), asked);
    Files.delete(folders.stamp());
    assertInstanceOf(FuzzOutcome.Finished.class, run(WHOLE));
    assertEquals(1, asked.size(), "killed after its time and before its stamp");
  }

  @Test
  void run_anInputThatFails_isKeptAndNotStamped() throws Exception {
    script = "echo '#5 pulse'; echo bad >'%s/crash-1'; exit 77".formatted(folders.failing());
    FuzzOutcome.Found found = assertInstanceOf(FuzzOutcome.Found.class, run(WHOLE));
    assertEquals(List.of(folders.found().resolve("crash-1")), found.inputs());
    assertEquals("bad\n", Files.readString(folders.found().resolve("crash-1")));
    assertFalse(Files.exists(folders.stamp()));
    assertTrue(Files.readString(folders.log()).contains("#5 pulse"));
  }

  @Test
  void run_aFuzzerThatFailsByItself_saysSo() {
    script = "exit 1";
    IllegalStateException failure = assertThrows(IllegalStateException.class, () -> run(WHOLE));
    assertTrue(String.valueOf(failure.getMessage()).contains("jazzer.log"));
  }

  @Test
  void digest_ofAPatternThatMeansNothing_isRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> ParserCode.digest(folders.sources(), List.of("a/Gone.java")));
  }
}
