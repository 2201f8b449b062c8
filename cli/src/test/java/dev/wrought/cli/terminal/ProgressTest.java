package dev.wrought.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.cli.terminal.Terminal.Look;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final AtomicLong nanos = new AtomicLong();

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private Progress progress(Screen screen) {
    return new Progress(screen.terminal(), "task", nanos::get);
  }

  @Test
  void progress_offATerminal_isALineATenth() {
    Screen screen = Screen.plain();
    try (Progress progress = progress(screen)) {
      for (int i = 0; i <= 100; i++) {
        pass(Duration.ofMillis(10));
        progress.update(i / 100.0, "x");
      }
      progress.done("made");
    }
    assertEquals(12, screen.err().lines().count());
    assertFalse(screen.err().contains("\r") || screen.err().contains("\u001b"));
    assertEquals("task  made", screen.err().lines().toList().getLast());
    assertEquals("", screen.out());
  }

  @Test
  void progress_offATerminal_thatIsSlow_isALineEveryTenSeconds() {
    Screen screen = Screen.plain();
    try (Progress progress = progress(screen)) {
      for (int i = 0; i < 60; i++) {
        pass(Duration.ofSeconds(1));
        progress.update(0.05, "x");
      }
    }
    assertEquals(6, screen.err().lines().count());
  }

  @Test
  void remaining_isAsTheElapsedTimeSuggests() {
    Screen screen = Screen.plain();
    try (Progress progress = progress(screen)) {
      pass(Duration.ofSeconds(30));
      progress.update(0.25, "x");
    }
    assertEquals("task  25%  ETA 1:30  x", screen.err().strip());
  }

  @Test
  void remaining_atTheVeryBeginning_isNotGuessed() {
    Screen screen = Screen.plain();
    try (Progress progress = progress(screen)) {
      pass(Duration.ofSeconds(1));
      progress.update(0.001, "x");
    }
    assertEquals("task  0%  x", screen.err().strip());
  }

  @Test
  void phases_areTimedOnTheirOwn() {
    Screen screen = Screen.plain();
    try (Progress progress = progress(screen)) {
      progress.phase("reading");
      progress.update(0.5, "");
      pass(Duration.ofSeconds(100));
      progress.phase("merging");
      progress.update(0, progress.rated(0, Amounts::exact));
      pass(Duration.ofSeconds(10));
      progress.phase("merging");
      progress.update(0.5, progress.rated(5000, Amounts::exact));
    }
    assertEquals(
        List.of(
            "task  50%  reading",
            "task  0%  merging  0", "task  50%  ETA 0:10  merging  5,000  500/s"),
        screen.err().lines().toList());
  }

  @Test
  void progress_onATerminal_isOneLineThatIsRedrawn() {
    Screen screen = Screen.moving(100);
    try (Progress progress = progress(screen)) {
      for (int i = 0; i <= 10; i++) {
        pass(Duration.ofMillis(100));
        progress.update(i / 10.0, "x");
      }
      progress.done("made");
    }
    assertEquals(1, screen.err().chars().filter(c -> c == '\n').count());
    assertTrue(screen.err().contains("━━━━━━━━━━━━────────────  50%"), screen.err());
    assertTrue(screen.err().endsWith("✓\u001b[0m task  made\n"), screen.err());
  }

  @Test
  void progress_onATerminal_isDrawnTenTimesASecondAtMost() {
    Screen screen = Screen.moving(100);
    try (Progress progress = progress(screen)) {
      for (int i = 0; i < 1000; i++) {
        pass(Duration.ofMillis(1));
        progress.update(i / 1000.0, "x");
      }
    }
    assertTrue(screen.err().chars().filter(c -> c == '\r').count() <= 12, screen.err());
  }

  @Test
  void progress_onANarrowTerminal_losesTheBarThenTheLastParts() {
    String detail = "step 10/20  loss 2.345  lr 6.0e-4  12.3k tok/s  norm 0.45";
    for (int columns : new int[] {20, 30, 40, 60, 80, 120}) {
      nanos.set(0);
      Screen screen = Screen.of(new Look(true, true, false, false, columns));
      try (Progress progress = progress(screen)) {
        pass(Duration.ofSeconds(10));
        progress.update(0.5, detail);
      }
      String line = screen.err().split("\r")[1].replace("\u001b[K", "");
      assertTrue(line.length() < columns, columns + ": " + line);
      assertEquals(columns >= 120, line.contains("#"), line);
      assertEquals(columns >= 80, line.contains("12.3k tok/s"), line);
      assertEquals(columns >= 40, line.contains("step 10/20"), line);
      assertTrue(line.startsWith("task"), line);
    }
  }

  @Test
  void progress_thatIsLeftInTheMiddle_leavesItsLastState() {
    Screen screen = Screen.moving(60);
    try (Progress progress = progress(screen)) {
      pass(Duration.ofMillis(200));
      progress.update(0.5, "x");
    }
    assertTrue(screen.err().endsWith("\u001b[K\n"), screen.err());
  }
}
