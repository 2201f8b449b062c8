package dev.wrought.core.recipe;

import dev.wrought.core.config.Checks;
import dev.wrought.core.config.Default;
import dev.wrought.core.config.Doc;
import dev.wrought.core.config.Example;
import dev.wrought.core.config.Matches;
import dev.wrought.core.config.Size;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The document that a recipe is written as: a Kubernetes object. */
record TrainingRun(
    @Doc("The version of this form.")
        @Example("wrought.dev/v1alpha1")
        @Matches(value = "wrought\\.dev/v1alpha1", words = TrainingRun.API_VERSION)
        String apiVersion,
    @Doc("What the document describes.")
        @Example("TrainingRun")
        @Matches(value = TrainingRun.KIND, words = TrainingRun.KIND)
        String kind,
    @Doc("Its name and labels.") @Example("{name: my-run}") Metadata metadata,
    @Doc("How the model is made.")
        @Example(
            "{model: {preset: llama}, tokenizer: my-tokens, data: {mixture: [{dataset: my-data}]},"
                + " batch: {tokens: 16384, microBatchSequences: 16}, duration: {tokens: 20M}}")
        RecipeSpec spec) {
  static final String API_VERSION = "wrought.dev/v1alpha1";
  static final String KIND = "TrainingRun";

  TrainingRun {
    Checks.of(TrainingRun.class, apiVersion, kind, metadata, spec).done();
  }

  static TrainingRun of(Recipe recipe) {
    return new TrainingRun(
        API_VERSION, KIND, new Metadata(recipe.name(), recipe.labels()), recipe.spec());
  }

  Recipe recipe() {
    return new Recipe(metadata.name(), metadata.labels(), spec);
  }

  /** The part of a Kubernetes object's metadata that a recipe may have. */
  record Metadata(
      @Doc("Unique among live runs.")
          @Example("my-run")
          @Matches(
              value = "[a-z0-9]([a-z0-9-]*[a-z0-9])?",
              words = "lower-case letters, digits and inner hyphens")
          @Size(min = 1, max = 63)
          String name,
      @Doc("Free words to find runs by.")
          @Size(max = 64)
          @Matches(
              value = "([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?",
              words = "up to 63 letters, digits, dots, hyphens and underscores")
          @Default("{}")
          Map<String, String> labels) {
    Metadata {
      labels = Collections.unmodifiableMap(new TreeMap<>(labels));
      Checks.of(Metadata.class, name, labels).done();
    }
  }
}
