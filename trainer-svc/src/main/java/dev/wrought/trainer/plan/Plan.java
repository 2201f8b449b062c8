package dev.wrought.trainer.plan;

import dev.wrought.core.dataset.Dataset;
import dev.wrought.core.model.ModelConfig;
import dev.wrought.core.recipe.Recipe;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.trainer.objective.Objective;
import dev.wrought.trainer.schedule.LearningRateSchedule;
import java.nio.file.Path;
import java.util.List;

/**
 * A recipe that can be carried out.
 *
 * @param recipe resolved: defaults written out, artifacts as name@digest
 * @param datasets in the order of the recipe's mixture
 * @param objectives in the order of the recipe's mixture
 * @param warnings what a user should know before starting
 */
public record Plan(
    Recipe recipe,
    ModelConfig model,
    Tokenizer tokenizer,
    Path tokenizerFile,
    List<PlannedDataset> datasets,
    List<Objective> objectives,
    LearningRateSchedule schedule,
    OptimizerSettings optimizer,
    ModelFacts facts,
    List<String> warnings) {

  /**
   * A dataset that was found.
   *
   * @param reference {@code name@digest}, or the path that it was named by
   */
  public record PlannedDataset(String reference, Dataset dataset, double weight) {}

  public Plan {
    datasets = List.copyOf(datasets);
    objectives = List.copyOf(objectives);
    warnings = List.copyOf(warnings);
  }

  /** Sequences of one optimizer step. */
  public int batchSequences() {
    return Math.toIntExact(recipe.spec().batch().tokens() / model.contextLength());
  }
}
