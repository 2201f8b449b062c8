package dev.wrought.cli.demo;

import dev.wrought.core.config.YamlWriter;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.recipe.RecipeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * {@code recipes/demo.yaml} as a run of the demo: with a name that is free, the demo's own
 * tokenizer and dataset, and the time that was asked for. Everything else stays as the file says.
 *
 * @param origin the file, for problems
 * @param text YAML
 */
record DemoRecipe(String origin, String text) {
  static final String FILE = "recipes/demo.yaml";

  /** Reads the file of this checkout. */
  static DemoRecipe read(Path root) {
    Path file = root.resolve(FILE);
    try {
      String text = Files.readString(file);
      RecipeReader.read(text, FILE);
      return new DemoRecipe(FILE, text);
    } catch (IOException failure) {
      throw new WroughtException(
          ErrorCode.NOT_FOUND,
          "no recipe at %s, which is part of the checkout: restore it".formatted(file),
          failure);
    }
  }

  /**
   * The recipe to submit.
   *
   * @param tokenizer name@digest
   * @param dataset name@digest
   */
  String with(String name, String tokenizer, String dataset, Duration training) {
    Map<String, Object> recipe =
        mapping(new Load(LoadSettings.builder().build()).loadFromString(text));
    Map<String, Object> metadata = mapping(recipe.get("metadata"));
    Map<String, Object> spec = mapping(recipe.get("spec"));
    Map<String, Object> data = mapping(spec.get("data"));
    metadata.put("name", name);
    spec.put("tokenizer", tokenizer);
    data.put("mixture", List.of(Map.of("dataset", dataset, "weight", 1.0)));
    spec.put("data", data);
    spec.put("duration", Map.of("time", training.toSeconds() + "s"));
    recipe.put("metadata", metadata);
    recipe.put("spec", spec);
    return YamlWriter.write(recipe);
  }

  /** A copy that can be changed. */
  private static Map<String, Object> mapping(@Nullable Object node) {
    Map<String, Object> copy = new LinkedHashMap<>();
    if (node instanceof Map<?, ?> map) {
      map.forEach((key, value) -> copy.put(String.valueOf(key), value));
    }
    return copy;
  }
}
