package dev.wrought.trainer.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.model.TensorSpec;
import dev.wrought.core.plugin.PluginContext;
import dev.wrought.core.recipe.Precision;
import dev.wrought.trainer.TinyHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** FAULTS R11: what cannot be carried out is refused before any work, all of it at once. */
final class PlannerTest {
  private static final String GOOD = TinyHome.recipe("good", "steps: 20");
  @TempDir static Path home;
  private static TinyHome tiny = new TinyHome(Path.of(""), "", "");

  @BeforeAll
  static void makeHome() throws IOException {
    tiny = TinyHome.make(home);
  }

  private static Plan plan(String recipe) {
    return new Planner(home, new RecipePlugins(home.resolve("plugins"), PluginContext.of(home)))
        .plan(recipe, "mine.yaml");
  }

  private static String refusal(ErrorCode code, String recipe) {
    WroughtException refused = assertThrows(WroughtException.class, () -> plan(recipe));
    assertEquals(code, refused.code(), refused.getMessage());
    return String.valueOf(refused.getMessage());
  }

  private static String with(String before, String after) {
    assertTrue(GOOD.contains(before), before);
    return GOOD.replace(before, after);
  }

  @Test
  void plan_goodRecipe_isPinnedAndReckoned() {
    Plan plan = plan(GOOD);
    assertEquals("tiny@" + tiny.tokenizer(), plan.recipe().spec().tokenizer());
    assertEquals(
        "tiny@" + tiny.dataset(), plan.recipe().spec().data().mixture().getFirst().dataset());
    assertEquals(20, plan.facts().plannedSteps());
    assertEquals(256, plan.facts().tokensPerStep());
    assertEquals(8, plan.batchSequences());
    assertEquals(plan.model().parameterCount(), plan.facts().parameters());
    assertEquals(12 * plan.facts().parameters(), plan.facts().checkpointBytes());
  }

  @Test
  void plan_resolvedRecipe_givesTheSamePlan() {
    Plan first = plan(GOOD);
    assertEquals(first.recipe(), plan(first.recipe().toYaml()).recipe());
  }

  @Test
  void plan_precisionAuto_becomesOneOfTheTwo() {
    assertNotEquals(
        Precision.AUTO,
        plan(with("precision: fp32", "precision: auto")).recipe().spec().precision());
  }

  @Test
  void plan_headsDoNotDivideWidth_namesTheDivisors() {
    String message = refusal(ErrorCode.INVALID_RECIPE, with("heads: 2,", "heads: 5,"));
    assertTrue(message.contains("mine.yaml:5:") && message.contains("spec.model.heads"), message);
    assertTrue(message.contains("a divisor of width (32)"), message);
  }

  @Test
  void plan_negativeLearningRate_isRefused() {
    String message =
        refusal(ErrorCode.INVALID_RECIPE, with("learningRate: 3e-3", "learningRate: -3e-3"));
    assertTrue(message.contains("spec.optimizer.adamw.learningRate"), message);
    assertTrue(message.contains("-0.003") && message.contains("above 0"), message);
  }

  @Test
  void plan_muon_hasLessStateThanAdamW() {
    Plan adamW = plan(GOOD);
    Plan muon = plan(with("adamw:", "muon:"));
    long hidden =
        muon.model().tensors().stream()
            .filter(tensor -> tensor.role().hidden())
            .mapToLong(TensorSpec::elements)
            .sum();
    assertEquals(3e-3, muon.optimizer().learningRate());
    assertTrue(hidden > 0);
    assertEquals(4 * hidden, adamW.facts().checkpointBytes() - muon.facts().checkpointBytes());
    assertEquals(4 * hidden, adamW.facts().memoryBytes() - muon.facts().memoryBytes());
  }

  @Test
  void plan_momentumOfOne_isRefused() {
    String message =
        refusal(
            ErrorCode.INVALID_RECIPE,
            with("{adamw: {learningRate: 3e-3}}", "{muon: {momentum: 1.0}}"));
    assertTrue(message.contains("spec.optimizer.muon.momentum"), message);
    assertTrue(message.contains("below 1"), message);
  }

  @Test
  void plan_misspeltKeys_areAllToldWithTheNearest() {
    String message =
        refusal(
            ErrorCode.INVALID_RECIPE,
            with("learningRate", "learninRate")
                .replace("warmupSteps", "warmUpSteps")
                .replace("validation:", "validaton:"));
    assertTrue(message.contains("learningRate"), message);
    assertTrue(message.contains("warmupSteps"), message);
    assertTrue(message.contains("did you mean \"validation\""), message);
  }

  @Test
  void plan_unknownPlugins_areToldWithTheNearest() {
    String message =
        refusal(ErrorCode.INVALID_RECIPE, with("cosine:", "cosin:").replace("adamw:", "adam:"));
    assertTrue(message.contains("cosine") && message.contains("adamw"), message);
  }

  @Test
  void plan_artifactsThatAreMissing_areAllTold() {
    String message =
        refusal(
            ErrorCode.NOT_FOUND,
            with("tokenizer: tiny", "tokenizer: tinny").replace("dataset: tiny", "dataset: big"));
    assertTrue(message.contains("spec.tokenizer") && message.contains("tinny"), message);
    assertTrue(message.contains("spec.data.mixture") && message.contains("big"), message);
  }

  /** FAULTS T7, seen from the trainer. */
  @Test
  void plan_datasetOfAnotherTokenizer_isRefusedByDigest(@TempDir Path other) throws IOException {
    TinyHome.make(other, 400);
    String foreign = other.resolve("tokenizers/tiny").toString();
    Path folder = onlyFolder(Path.of(foreign));
    String message =
        refusal(ErrorCode.DIGEST_MISMATCH, with("tokenizer: tiny", "tokenizer: " + folder));
    assertTrue(message.contains(tiny.tokenizer()), message);
  }

  private static Path onlyFolder(Path parent) throws IOException {
    try (var folders = java.nio.file.Files.list(parent)) {
      return folders.filter(java.nio.file.Files::isDirectory).findFirst().orElseThrow();
    }
  }

  @Test
  void plan_datasetShorterThanASequence_isRefusedWithBothNumbers() {
    String message =
        refusal(
            ErrorCode.INVALID_DATA,
            with("contextLength: 32", "contextLength: 65536")
                .replace(
                    "tokens: 256, microBatchSequences: 4",
                    "tokens: 65536, microBatchSequences: 1"));
    assertTrue(message.contains("contextLength 65536 needs 65537"), message);
  }

  @Test
  void plan_batchThatIsNoMultiple_namesTheNearest() {
    String message = refusal(ErrorCode.INVALID_RECIPE, with("tokens: 256", "tokens: 250"));
    assertTrue(message.contains("128 or 256"), message);
  }

  @Test
  void plan_whatIsNotBuiltYet_isWarnedOf() {
    assertEquals(1, plan(GOOD + "  guard: {spike: rewind-and-skip}\n").warnings().size());
    assertTrue(
        plan(GOOD + "  workers: {gpus: 1}\n").warnings().getFirst().contains("without GPUs"));
    List<String> warnings =
        plan(GOOD + "  evaluation: {tasks: [lambada], onCheckpoint: false}\n").warnings();
    assertEquals(1, warnings.size());
    assertTrue(warnings.getFirst().contains("spec.evaluation.tasks"), warnings.getFirst());
    assertTrue(plan(GOOD).warnings().isEmpty());
  }

  @Test
  void plan_modelTooLargeForTheMachine_namesAFittingBatch() {
    Plan plan =
        plan(
            with("layers: 2, width: 32", "layers: 1000, width: 4096")
                .replace("keyValueHeads: 1, ", ""));
    assertTrue(plan.warnings().getFirst().contains("spec.batch.microBatchSequences"));
    assertFalse(plan.facts().memoryBytes() < 1L << 36);
  }
}
