package dev.wrought.trainer.loop;

import dev.wrought.core.recipe.RecipeSpec;
import dev.wrought.trainer.loader.HeldOutData;
import dev.wrought.trainer.loader.TrainingData;
import dev.wrought.trainer.schedule.LearningRateSchedule;
import java.util.List;

/**
 * All that training needs.
 *
 * @param batchSequences sequences of one optimizer step
 * @param peakLearningRate what the schedule's factor is a share of
 */
public record TrainingSetup(
    RecipeSpec recipe,
    Trainee trainee,
    TrainingData data,
    List<HeldOutData> heldOut,
    LearningRateSchedule schedule,
    double peakLearningRate,
    int batchSequences,
    CheckpointKeeper keeper,
    TrainingLog log) {
  public TrainingSetup {
    heldOut = List.copyOf(heldOut);
  }
}
