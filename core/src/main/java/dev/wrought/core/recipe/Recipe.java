package dev.wrought.core.recipe;

import java.util.Map;

/** A TrainingRun as a user wrote it, checked, with all defaults filled in. Immutable. */
public record Recipe(String name, Map<String, String> labels, RecipeSpec spec) {
  public Recipe {
    labels = Map.copyOf(labels);
  }
}
