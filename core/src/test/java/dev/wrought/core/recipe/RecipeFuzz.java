package dev.wrought.core.recipe;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.fuzz.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** A recipe's YAML. */
public final class RecipeFuzz implements FuzzTarget {
  private static final byte[] MINIMAL =
      """
      apiVersion: wrought.dev/v1alpha1
      kind: TrainingRun
      metadata: {name: a, labels: {b: c}}
      spec:
        model: {preset: llama}
        tokenizer: t
        data: {mixture: [{dataset: d}]}
        optimizer: {plugin: {name: mine, config: {a: [1, {b: 2}]}}}
        batch: {tokens: 16384, microBatchSequences: 16}
        duration: {steps: 10}
      """
          .getBytes(StandardCharsets.UTF_8);

  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] input) {
    new RecipeFuzz().readOrRefuse(input);
  }

  @Override
  public void read(byte[] input) {
    Recipe recipe = RecipeReader.read(new String(input, StandardCharsets.UTF_8), "fuzzed.yaml");
    String resolved = recipe.toYaml();
    if (!RecipeReader.read(resolved, "resolved.yaml").equals(recipe)) {
      throw new AssertionError("another recipe when it is written and read:\n" + resolved);
    }
  }

  @Override
  public Set<ErrorCode> refusals() {
    return Set.of(ErrorCode.INVALID_RECIPE);
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(ExampleRecipe.YAML.getBytes(StandardCharsets.UTF_8), MINIMAL);
  }

  @Override
  public List<String> dictionary() {
    return List.of(
        "apiVersion: wrought.dev/v1alpha1\n",
        "kind: TrainingRun\n",
        "metadata: {name: a}\n",
        "labels: {a: b}",
        "plugin: {name: mine, config: {a: [1]}}",
        "duration: {time: 5m}",
        "duration: {chinchilla: 1.0}",
        "&a ",
        "*a",
        "<<: ",
        "!!str ",
        "? ",
        "|-\n",
        ">+\n",
        "---\n",
        "%YAML 1.2\n",
        "~",
        ".inf",
        ".nan",
        "0x10",
        "1e400",
        "20M",
        "\u00EF\u00BB\u00BF");
  }

  @Override
  public List<String> code() {
    return List.of("dev/wrought/core/recipe/*.java", "dev/wrought/core/config/*.java");
  }
}
