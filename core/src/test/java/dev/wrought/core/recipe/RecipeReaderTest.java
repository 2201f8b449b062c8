package dev.wrought.core.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.config.AtLeast;
import dev.wrought.core.config.Default;
import dev.wrought.core.config.InvalidConfig;
import dev.wrought.core.config.MoreThan;
import dev.wrought.core.config.Problem;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.plugin.PluginConfig;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeReaderTest {
  private static final String MINIMAL =
      """
      apiVersion: wrought.dev/v1alpha1
      kind: TrainingRun
      metadata: {name: tiny}
      spec:
        model: {preset: llama}
        tokenizer: t
        data: {mixture: [{dataset: d}]}
        batch: {tokens: 16384, microBatchSequences: 16}
        duration: {steps: 10}
      """;

  @Test
  void read_theExample_understandsEveryPart() {
    Recipe recipe = RecipeReader.read(ExampleRecipe.YAML, "example.yaml");
    RecipeSpec spec = recipe.spec();
    assertEquals("jdk-small", recipe.name());
    assertEquals(6, spec.model().layers().orElseThrow());
    assertEquals(2, spec.model().keyValueHeads().orElseThrow());
    assertEquals(1024, spec.model().feedForwardWidth().orElseThrow());
    assertEquals("jdk-8k", spec.tokenizer());
    assertEquals(List.of(new DataSpec.Source("jdk", 1)), spec.data().mixture());
    assertEquals(
        List.of(
            new WeightedObjective(0.5, new PluginChoice("causal", PluginConfig.empty())),
            new WeightedObjective(
                0.5,
                new PluginChoice("ul2", PluginConfig.of(Map.of("r", 0.25, "s", 0.5, "x", 0.25))))),
        spec.objective().mixture());
    assertEquals("adamw", spec.optimizer().name());
    assertEquals("cosine", spec.schedule().name());
    assertEquals(new BatchSpec(16384, 16), spec.batch());
    assertEquals(new RunDuration.Tokens(20_000_000), spec.duration());
    assertEquals(Precision.BF16, spec.precision());
    assertEquals(new ValidationSpec(100, 65_536), spec.validation());
    assertEquals(new CheckpointSpec(200, 3, 1), spec.checkpoint());
    assertEquals(new EvaluationSpec(List.of("lambada", "arc-easy"), true), spec.evaluation());
    assertEquals(
        new GuardSpec(GuardSpec.NonFinite.STOP, GuardSpec.Spike.REWIND_AND_SKIP), spec.guard());
    assertEquals(new WorkersSpec(1, 0, 10), spec.workers());
  }

  @Test
  void read_theLeast_isFilledWithDefaults() {
    RecipeSpec spec = RecipeReader.read(MINIMAL, "r.yaml").spec();
    assertEquals(new PluginChoice("adamw", PluginConfig.empty()), spec.optimizer());
    assertEquals(new PluginChoice("cosine", PluginConfig.empty()), spec.schedule());
    assertEquals("causal", spec.objective().mixture().getFirst().objective().name());
    assertEquals(false, spec.data().packing().crossDocumentAttention());
    assertEquals(Precision.AUTO, spec.precision());
    assertEquals(1.0, spec.gradientClip());
    assertEquals(1, spec.seed());
    assertEquals(new ValidationSpec(100, 65_536), spec.validation());
    assertEquals(new CheckpointSpec(200, 3, 1), spec.checkpoint());
    assertEquals(new EvaluationSpec(List.of(), true), spec.evaluation());
    assertEquals(new GuardSpec(GuardSpec.NonFinite.STOP, GuardSpec.Spike.MARK), spec.guard());
    assertEquals(new WorkersSpec(1, 0, 10), spec.workers());
    assertEquals(false, spec.suspend());
  }

  @Test
  void toYaml_readBack_isEqual() {
    for (String yaml :
        List.of(
            ExampleRecipe.YAML,
            MINIMAL,
            ExampleRecipe.with("tokens: 20M", "time: 1h30m"),
            ExampleRecipe.with("tokens: 20M", "chinchilla: 0.5"),
            ExampleRecipe.with(
                "preset: llama", "preset: gpt2", "keyValueHeads: 2", "keyValueHeads: 6"),
            ExampleRecipe.with("name: jdk-small", "name: x\n  labels: {team: a, week: '7'}"),
            ExampleRecipe.with("causal: {}", "plugin: {name: mine, config: {a: [1, {b: ~}]}}"))) {
      Recipe recipe = RecipeReader.read(yaml, "r.yaml");
      assertEquals(recipe, RecipeReader.read(recipe.toYaml(), "resolved.yaml"), yaml);
      assertEquals(recipe.hashCode(), RecipeReader.read(recipe.toYaml(), "again").hashCode());
    }
  }

  @Test
  void toYaml_writesWhatThePresetDecides() {
    String yaml = RecipeReader.read(MINIMAL, "r.yaml").toYaml();
    for (String line :
        List.of("layers: 6", "contextLength: 1024", "ropeTheta: 10000.0", "everySteps: 100")) {
      assertTrue(yaml.contains(line), line);
    }
  }

  @Test
  void read_durations_areFourForms() {
    assertEquals(new RunDuration.Steps(2000), duration("steps: 2000"));
    assertEquals(new RunDuration.Tokens(1_500_000_000), duration("tokens: 1.5B"));
    assertEquals(new RunDuration.Time(Duration.ofMinutes(5)), duration("time: 5m"));
    assertEquals(new RunDuration.Chinchilla(1), duration("chinchilla: 1.0"));
    assertEquals(200, new RunDuration.Chinchilla(0.5).tokens(20));
  }

  private static RunDuration duration(String written) {
    return RecipeReader.read(ExampleRecipe.with("tokens: 20M", written), "r").spec().duration();
  }

  /**
   * FAULTS R11, one by one: what is edited, and the problem that has to be told, with its place.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          heads: 6           | heads: 7          | 11:12: spec.model.heads: is 7; allowed: a divisor of width (384), such as 2, 3, 4, 6, 8
          keyValueHeads: 2   | keyValueHeads: 4  | 12:20: spec.model.keyValueHeads: is 4; allowed: a divisor of heads (6): 1, 2, 3, 6
          layers: 6          | layrs: 6          | 9:5: spec.model.layrs: is no known key; did you mean "layers"? Allowed: preset, layers, width, heads, keyValueHeads, feedForwardWidth, contextLength, tiedEmbeddings, ropeTheta
          layers: 6          | layers: 0         | 9:13: spec.model.layers: is 0; allowed: at least 1, at most 1024
          width: 384         | width: 6          | 8:5: spec.model: rotary positions turn pairs, but a head is 1 wide; it must be even
          preset: llama      | preset: lama      | 8:13: spec.model.preset: is "lama"; did you mean "llama"?
          preset: llama      | preset: gpt2      | 8:5: spec.model: no known architecture
          contextLength: 256 | contextLength: 300 | 25:19: spec.batch.tokens: is 16384; allowed: a multiple of 4800 (microBatchSequences 16 * contextLength 300 * workers.count 1), such as 14400 or 19200
          count: 1           | count: 3          | 25:19: spec.batch.tokens: is 16384; allowed: a multiple of 12288
          weight: 1.0        | weight: -1        | 17:32: spec.data.mixture[0].weight: is -1; allowed: above 0
          dataset: jdk       | dataset: ../jdk   | 17:19: spec.data.mixture[0].dataset: is "../jdk"; allowed: a name
          causal: {}         | foo: 1            | 21:28: spec.objective.mixture[0].foo: is 1; allowed: settings, as {}
          causal: {}         | causal: {}, ul2: {} | 21:9: spec.objective.mixture[0]: has the plugins causal, ul2; allowed: exactly one plugin, as {name: {}}
          weight: 0.5, causal: {} | weight: 0.5   | 21:9: spec.objective.mixture[0]: has no plugin; allowed: exactly one plugin, as {name: {}}
          weight: 0.5, causal: {} | causal: {}    | 21:9: spec.objective.mixture[0].weight: is missing
          tokens: 16384      | tokens: lots      | 25:19: spec.batch.tokens: is the text "lots"; allowed: a whole number, also as 500K, 20M, 1.5B
          tokens: 20M        | tokens: 20M, steps: 5 | 26:13: spec.duration: has tokens and steps; allowed: exactly one of tokens, steps, time, chinchilla
          tokens: 20M        | time: 5 minutes   | 26:20: spec.duration.time: is the text "5 minutes"; allowed: a time, as 90s, 5m, 1h30m or 2d
          tokens: 20M        | time: 0s          | 26:20: spec.duration.time: is PT0S; allowed: 1s to 366d
          tokens: 20M        | chinchila: 1      | 26:14: spec.duration.chinchila: is no known key; did you mean "chinchilla"?
          precision: bf16    | precision: fp8    | 27:14: spec.precision: is the text "fp8"; did you mean "fp32"? Allowed: auto, fp32, bf16
          gradientClip: 1.0  | gradientClip: -1  | 28:17: spec.gradientClip: is -1; allowed: at least 0
          seed: 1            | seed: one         | 29:9: spec.seed: is the text "one"; allowed: a whole number
          everySteps: 100    | everySteps: 0     | 30:28: spec.validation.everySteps: is 0; allowed: at least 1
          keep: 3            | keep: 0           | 31:39: spec.checkpoint.keep: is 0; allowed: at least 1
          nonFinite: stop    | nonFinite: halt   | 33:22: spec.guard.nonFinite: is the text "halt"
          suspend: false     | suspend: no       | 35:12: spec.suspend: is the text "no"; allowed: true, false
          name: jdk-small    | name: Jdk_Small   | 5:9: metadata.name: is "Jdk_Small"; allowed: lower-case letters, digits and inner hyphens
          kind: TrainingRun  | kind: TrainingJob | 3:7: kind: is "TrainingJob"; allowed: TrainingRun
          v1alpha1           | v2                | 2:13: apiVersion: is "wrought.dev/v2"; allowed: wrought.dev/v1alpha1
          schedule: {cosine  | schedule: cosine #| 24:13: spec.schedule: is the text "cosine"; allowed: one plugin with its settings, as {cosine: {}}
          """)
  void read_anImpossibleRecipe_isRefused(String there, String instead, String problem) {
    List<String> problems = problems(ExampleRecipe.with(there, instead), PluginCheck.NONE);
    assertTrue(
        problems.stream().anyMatch(line -> line.startsWith("r.yaml:" + problem)),
        () -> problem + "\nis not in\n" + String.join("\n", problems));
    assertEquals(1, problems.size(), () -> String.join("\n", problems));
  }

  @Test
  void read_aDatasetTwice_isRefused() {
    assertEquals(
        List.of("r.yaml:17:7: spec.data.mixture: names a dataset twice; add their weights up"),
        problems(
            ExampleRecipe.with("weight: 1.0}", "weight: 1.0}\n      - {dataset: jdk}"),
            PluginCheck.NONE));
  }

  @Test
  void read_manyProblems_areAllToldInOrder() {
    String yaml =
        ExampleRecipe.with(
            "layers: 6", "layrs: 6",
            "heads: 6", "heads: 7",
            "tokens: 16384", "tokens: 10000",
            "tokens: 20M", "steps: none",
            "gradientClip: 1.0", "gradientClip: -1",
            "  seed: 1\n", "  seed: 1\n  sede: 2\n",
            "keep: 3", "keep: 0");
    assertEquals(
        List.of(
            "spec.model.layrs",
            "spec.model.heads",
            "spec.batch.tokens",
            "spec.duration.steps",
            "spec.gradientClip",
            "spec.sede",
            "spec.checkpoint.keep"),
        refusal(yaml, PluginCheck.NONE).stream().map(Problem::path).toList());
  }

  @Test
  void read_anEmptyOrForeignDocument_isRefused() {
    assertEquals(List.of("r.yaml: is empty"), problems("", PluginCheck.NONE));
    List<Problem> foreign = refusal("hello: world", PluginCheck.NONE);
    assertEquals(
        List.of("hello", "apiVersion", "kind", "metadata", "spec"),
        foreign.stream()
            .map(Problem::path)
            .sorted(Comparator.comparing("hello apiVersion kind metadata spec"::indexOf))
            .toList());
  }

  @Test
  void read_whatIsMissing_isShown() {
    assertEquals(
        List.of(
            "r.yaml:5:3: spec.tokenizer: is missing. Name, name@digest, or absolute path of a"
                + " tokenizer. Write tokenizer: my-tokenizer"),
        problems(MINIMAL.replace("  tokenizer: t\n", ""), PluginCheck.NONE));
  }

  record Adam(
      @MoreThan(0) @Default("6e-4") double learningRate,
      @Default("[0.9, 0.95]") List<Double> betas,
      @AtLeast(0) @Default("0.1") double weightDecay) {}

  /** What trainer-svc does: it knows the plugins. */
  private static void check(PluginSlot slot, PluginChoice choice) {
    if (slot == PluginSlot.OPTIMIZER) {
      choice.config().as(Adam.class);
    } else if (choice.name().equals("ul2")) {
      throw new WroughtException(ErrorCode.NOT_FOUND, "no Objective is called \"ul2\"");
    }
  }

  @Test
  void read_withThePlugins_theirProblemsComeTogetherWithTheOthers() {
    String yaml =
        ExampleRecipe.with(
            "learningRate: 6e-4",
            "learningRate: -1",
            "weightDecay",
            "wieghtDecay",
            "seed: 1",
            "seed: x");
    assertEquals(
        List.of(
            "r.yaml:22:23: spec.objective.mixture[1].ul2: no Objective is called \"ul2\"",
            "r.yaml:23:37: spec.optimizer.adamw.learningRate: is -1; allowed: above 0",
            "r.yaml:23:61: spec.optimizer.adamw.wieghtDecay: is no known key; did you mean"
                + " \"weightDecay\"? Allowed: learningRate, betas, weightDecay",
            "r.yaml:29:9: spec.seed: is the text \"x\"; allowed: a whole number"),
        problems(yaml, RecipeReaderTest::check));
  }

  @Test
  void read_aDroppedInPlugin_isItsNameWithItsSettings() {
    Recipe recipe =
        RecipeReader.read(
            ExampleRecipe.with("causal: {}", "plugin: {name: mine, config: {a: 1}}"), "r.yaml");
    assertEquals(
        new PluginChoice("mine", PluginConfig.of(Map.of("a", 1)), true),
        recipe.spec().objective().mixture().getFirst().objective());
    assertEquals(
        List.of(
            "r.yaml:21:31: spec.objective.mixture[0].plugin.name: is missing. The plugin's name.",
            "r.yaml:21:32: spec.objective.mixture[0].plugin.nam: is no known key; did you mean"
                + " \"name\"? Allowed: name, config"),
        problems(ExampleRecipe.with("causal: {}", "plugin: {nam: mine}"), PluginCheck.NONE));
  }

  private static List<Problem> refusal(String yaml, PluginCheck plugins) {
    WroughtException refused =
        assertThrows(WroughtException.class, () -> RecipeReader.read(yaml, "r.yaml", plugins));
    assertEquals(ErrorCode.INVALID_RECIPE, refused.code());
    List<Problem> problems = InvalidConfig.in(refused);
    problems.forEach(
        problem -> assertTrue(String.valueOf(refused.getMessage()).contains(problem.toString())));
    return problems;
  }

  private static List<String> problems(String yaml, PluginCheck plugins) {
    return refusal(yaml, plugins).stream().map(Problem::toString).toList();
  }
}
