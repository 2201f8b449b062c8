package dev.wrought.trainer.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.checkpoint.TrainerState;
import dev.wrought.core.checkpoint.TrainerState.WeightedDataset;
import dev.wrought.core.plugin.PluginContext;
import dev.wrought.trainer.TinyHome;
import dev.wrought.trainer.plan.Plan;
import dev.wrought.trainer.plan.Planner;
import dev.wrought.trainer.plan.RecipePlugins;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The card says of a model what the trainer's state says. */
final class ModelCardTest {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00.987Z");
  private static final OptionalDouble UNKNOWN = OptionalDouble.empty();

  @TempDir static Path folder;
  private static TinyHome home = new TinyHome(Path.of(""), "", "");

  @BeforeAll
  static void makeHome() throws IOException {
    home = TinyHome.make(folder);
  }

  @Test
  void rows_ofAFinishedRun_areTheStatesNumbers() {
    Plan plan = plan();
    Map<String, String> rows =
        rows(plan, state(4000, losses(5.94321, 2.71828, 2.81239), true, 512.0));
    assertEquals("carded (`uid-1`), start 3", rows.get("run"));
    assertEquals("1,250 of 4,000", rows.get("step"));
    assertEquals("320,000", rows.get("tokens trained on"));
    assertEquals("5.9432", rows.get("first training loss"));
    assertEquals("2.7183", rows.get("last training loss"));
    assertEquals("2.8124", rows.get("held-out loss"));
    assertEquals(flops(plan) + " FLOPs, 8.5 min of steps, 625 tokens/s", rows.get("compute"));
    assertEquals("2 threads, avx2", rows.get("machine"));
    assertEquals("2026-01-02T12:00:00Z", rows.get("written"));
  }

  @Test
  void rows_ofWhatIsNotKnown_saySo() {
    Plan plan = plan();
    Map<String, String> rows = rows(plan, state(0, List.of(UNKNOWN, UNKNOWN, UNKNOWN), false, 0));
    assertEquals("1,250 of a number not known yet", rows.get("step"));
    assertEquals("not measured", rows.get("first training loss"));
    assertEquals("not measured", rows.get("last training loss"));
    assertEquals("not measured", rows.get("held-out loss"));
    assertEquals(flops(plan) + " FLOPs, 0.0 s of steps, 0 tokens/s", rows.get("compute"));
    assertEquals("2 threads, avx2 (resumed elsewhere: not exact)", rows.get("machine"));
  }

  @Test
  void text_namesModelDataAndRecipe() {
    Plan plan = plan();
    String text = card(plan, state(4000, losses(6, 3, 3), true, 512)).text();
    assertTrue(text.contains("# carded, step 1,250\n"), text);
    String parameters = String.format(Locale.ROOT, "%,d", plan.model().parameterCount());
    assertTrue(text.contains("transformer of " + parameters + " parameters"), text);
    assertTrue(text.contains("`tiny@" + home.dataset() + "`"), text);
    assertTrue(text.contains("tokenizer `" + home.tokenizer() + "` (384 tokens)"), text);
    assertTrue(text.contains(plan.recipe().toYaml().strip()), text);
  }

  /** 6 N + 12 L H Q T a token (PaLM, appendix B): 2 layers, 32 wide, 32 tokens. */
  private static String flops(Plan plan) {
    double perToken = 6.0 * plan.model().parameterCount() + 12 * 2 * 32 * 32;
    return String.format(Locale.ROOT, "%.3g", perToken * 320_000);
  }

  private static Plan plan() {
    return new Planner(
            folder, new RecipePlugins(folder.resolve("plugins"), PluginContext.of(folder)))
        .plan(TinyHome.recipe("carded", "steps: 4000"), "recipe.yaml");
  }

  /** Of the first step, of the last, and held out. */
  private static List<OptionalDouble> losses(double first, double last, double heldOut) {
    return List.of(OptionalDouble.of(first), OptionalDouble.of(last), OptionalDouble.of(heldOut));
  }

  private static ModelCard card(Plan plan, TrainerState state) {
    return new ModelCard(plan, state, NOON);
  }

  /** The card's first table. */
  private static Map<String, String> rows(Plan plan, TrainerState state) {
    return card(plan, state)
        .text()
        .lines()
        .takeWhile(line -> !line.equals("## Corpus"))
        .map(line -> line.split(" ?\\| ?"))
        .filter(cells -> cells.length == 3)
        .collect(Collectors.toMap(cells -> cells[1], cells -> cells[2]));
  }

  private static TrainerState state(
      int plannedSteps, List<OptionalDouble> losses, boolean exact, double seconds) {
    return new TrainerState(
        "uid-1",
        "carded",
        3,
        1250,
        plannedSteps,
        10_000,
        320_000,
        1,
        10_000,
        losses.get(0),
        losses.get(1),
        losses.get(2),
        1e-3,
        home.tokenizer(),
        List.of(new WeightedDataset("tiny@" + home.dataset(), 1)),
        2,
        "avx2",
        exact,
        seconds);
  }
}
