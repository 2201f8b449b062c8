package dev.wrought.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.cli.terminal.Screen;
import dev.wrought.cli.terminal.Terminal.Look;
import dev.wrought.core.dataset.DatasetFacts;
import dev.wrought.core.dataset.SplitCounts;
import dev.wrought.proto.evaluation.v1.HeldOutScore;
import dev.wrought.proto.trainer.v1.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTextTest {
  private static final HeldOutScore GOOD =
      HeldOutScore.newBuilder()
          .setBytes(1_048_102)
          .setBitsPerByte(1.412)
          .setGzipBitsPerByte(1.301)
          .setTrigramBitsPerByte(1.622)
          .build();

  private static DemoReport report(HeldOutScore score) {
    DatasetFacts facts =
        new DatasetFacts(
            "demo",
            "2026-01-01T00:00:00Z",
            new DatasetFacts.TokenizerFacts("demo", "0".repeat(64), 8192),
            new DatasetFacts.CorpusFacts(
                List.of(
                    new DatasetFacts.SourceFacts(
                        "/jdk/lib/src.zip", "zip", 15_224, 213_000_000, 1)),
                List.of("licence-header"),
                true,
                0,
                0.01),
            new SplitCounts(15_085, 55_730_540, 192_418_223, 18_000_000),
            new SplitCounts(139, 382_154, 1_315_386, 120_000),
            Map.of());
    Run run =
        Run.newBuilder()
            .setName("demo")
            .setStep(1200)
            .setTotalTokens(9_800_000)
            .setParameters(4_718_592)
            .setValidationLoss(2.31)
            .setCheckpoint("/home/somebody/.wrought/runs/0197/checkpoints/step-00001200")
            .build();
    return new DemoReport(
        "Java sources of JDK 25",
        facts,
        Path.of("/home/somebody/.wrought/datasets/demo/5459"),
        new Trained(run, 32_700, 9.01, 2.25),
        Duration.ofMinutes(10),
        score,
        List.of(
            new Sample("public class ", "Foo {\n\u001b[2J  int bar;\tint baz; " + "x".repeat(90))));
  }

  private static String printed(Screen screen, HeldOutScore score) {
    new ReportText(screen.terminal(), report(score)).print("http://localhost:7712");
    screen.terminal().flush();
    return screen.out();
  }

  @Test
  void report_offATerminal_isPlainAndUncut() {
    Screen screen = Screen.plain();
    String text = printed(screen, GOOD);
    assertFalse(text.contains("\u001b"), text);
    assertFalse(text.contains("─") || text.contains("█") || text.contains("---"), text);
    assertTrue(text.contains("x".repeat(90)), text);
    assertEquals("", screen.err());
  }

  @Test
  void report_always_saysEverythingThatWasAskedFor() {
    String text = printed(Screen.plain(), GOOD);
    for (String part :
        List.of(
            "Java sources of JDK 25",
            "15,224 documents, 213 MB",
            "56.1M, 32.",
            "words per 100 tokens",
            "4,718,592",
            "32.7k tokens/s",
            "9.010 first, 2.250 last, 2.310 held out",
            "1,048,102 held-out bytes",
            "1.412",
            "1.301",
            "1.622",
            "/checkpoints/step-00001200\n",
            "/checkpoints/step-00001200/MODEL_CARD.md",
            "http://localhost:7712",
            "./wrought generate --model run:demo 'public class'",
            "./wrought runs show demo --recipe",
            "./wrought demo --corpus FOLDER")) {
      assertTrue(text.contains(part), part + " is not in\n" + text);
    }
  }

  @Test
  void report_onANarrowTerminal_cutsSamplesAndRulesButNoPaths() {
    Screen screen = Screen.of(new Look(true, true, false, true, 40));
    String text = printed(screen, GOOD);
    assertTrue(text.contains("MODEL_CARD.md"), text);
    text.lines()
        .filter(line -> line.contains("xxx") || line.startsWith("─"))
        .forEach(line -> assertTrue(line.length() <= 40, line));
    text.lines()
        .filter(line -> line.contains("█"))
        .forEach(line -> assertTrue(line.length() <= 54, line));
  }

  @Test
  void sample_withControlCharacters_doesNotReachTheTerminal() {
    String text = printed(Screen.of(new Look(true, true, false, true, 80)), GOOD);
    assertFalse(text.contains("\u001b"), text);
    assertTrue(text.contains("\uFFFD[2J  int bar;    int baz"), text);
  }

  @Test
  void verdict_betterThanBoth_saysSo() {
    String text = printed(Screen.plain(), GOOD);
    assertTrue(
        text.contains("12.9% fewer bits than the trigram model, and 8.5% more bits than gzip -9."),
        text);
  }

  @Test
  void verdict_thatMissesTheGoal_isHonest() {
    String text = printed(Screen.plain(), GOOD.toBuilder().setBitsPerByte(1.9).build());
    assertTrue(
        text.contains("17.1% more bits than the trigram model, and 46.0% more bits than gzip -9."),
        text);
    assertTrue(text.contains("--minutes 30"), text);
  }

  @Test
  void verdict_betterThanTrigramsOnly_saysBoth() {
    String text =
        printed(
            Screen.plain(),
            GOOD.toBuilder().setBitsPerByte(1.9).setTrigramBitsPerByte(2.5).build());
    assertTrue(text.contains("24.0% fewer bits than the trigram model, and 46.0% more bits"), text);
    assertTrue(text.contains("at most 25% more than gzip -9"), text);
  }

  @Test
  void verdict_withoutBaselinesOrFiniteScore_saysThat() {
    HeldOutScore alone = HeldOutScore.newBuilder().setBitsPerByte(1.9).build();
    assertTrue(printed(Screen.plain(), alone).contains("nothing to compare it with"));
    HeldOutScore broken = GOOD.toBuilder().setBitsPerByte(Double.NaN).build();
    assertTrue(printed(Screen.plain(), broken).contains("not finite"));
  }
}
