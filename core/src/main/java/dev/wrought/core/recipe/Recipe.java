package dev.wrought.core.recipe;

import dev.wrought.core.config.YamlWriter;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** A TrainingRun as a user wrote it, checked, with all defaults filled in. Immutable. */
public record Recipe(String name, Map<String, String> labels, RecipeSpec spec) {
  public Recipe {
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
  }

  /** The recipe with its defaults written out; read back, it is equal to this one. */
  public String toYaml() {
    return YamlWriter.write(RecipeForm.checking(PluginCheck.NONE).encode(TrainingRun.of(this)));
  }
}
