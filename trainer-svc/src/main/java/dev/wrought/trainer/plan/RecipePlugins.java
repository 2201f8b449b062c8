package dev.wrought.trainer.plan;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.Nearest;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.plugin.PluginContext;
import dev.wrought.core.plugin.PluginRegistry;
import dev.wrought.core.recipe.PluginCheck;
import dev.wrought.core.recipe.PluginChoice;
import dev.wrought.core.recipe.PluginSlot;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.trainer.objective.Objective;
import dev.wrought.trainer.objective.ObjectiveFactory;
import dev.wrought.trainer.schedule.LearningRateSchedule;
import dev.wrought.trainer.schedule.LearningRateScheduleFactory;
import java.nio.file.Path;
import java.util.List;

/** The plugins that a recipe can choose: objectives, schedules, optimizers. Thread-safe. */
public final class RecipePlugins implements PluginCheck {
  private static final List<String> OPTIMIZERS = List.of(AdamWSettings.NAME, MuonSettings.NAME);

  private final PluginRegistry<ObjectiveFactory> objectives;
  private final PluginRegistry<LearningRateScheduleFactory> schedules;
  private final PluginContext context;

  /**
   * Finds them.
   *
   * @param folder where dropped-in jars lie
   * @throws WroughtException INVALID_PLUGIN
   */
  public RecipePlugins(Path folder, PluginContext context) {
    this.objectives = PluginRegistry.load(ObjectiveFactory.spi(), folder);
    this.schedules = PluginRegistry.load(LearningRateScheduleFactory.class, folder);
    this.context = context;
  }

  @Override
  public void check(PluginSlot slot, PluginChoice choice) {
    switch (slot) {
      case OBJECTIVE -> choice.config().as(objectives.get(choice.name()).settings());
      case SCHEDULE -> schedule(choice);
      case OPTIMIZER -> optimizer(choice);
    }
  }

  Objective objective(PluginChoice choice, Tokenizer tokenizer) {
    return objectives.get(choice.name()).create(choice.config(), tokenizer, context);
  }

  LearningRateSchedule schedule(PluginChoice choice) {
    return schedules.get(choice.name()).create(choice.config(), context);
  }

  OptimizerSettings optimizer(PluginChoice choice) {
    return switch (choice.name()) {
      case AdamWSettings.NAME -> choice.config().as(AdamWSettings.class);
      case MuonSettings.NAME -> choice.config().as(MuonSettings.class);
      default ->
          throw new WroughtException(
              ErrorCode.NOT_FOUND,
              "no optimizer is called \"%s\"%s"
                  .formatted(choice.name(), Nearest.allowed(choice.name(), OPTIMIZERS)));
    };
  }
}
