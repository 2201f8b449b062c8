package dev.wrought.trainer.schedule;

import dev.wrought.core.config.AtLeast;
import dev.wrought.core.config.AtMost;
import dev.wrought.core.config.Checks;
import dev.wrought.core.config.Default;
import dev.wrought.core.config.Doc;
import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;

/** {@code cosine}: see {@link CosineSchedule}. */
public final class CosineScheduleFactory implements LearningRateScheduleFactory {

  /** The settings in a recipe. */
  public record Config(
      @Doc("Steps of linear rise.") @AtLeast(0) @Default("100") int warmupSteps,
      @Doc("The learning rate's share that is left at the end.")
          @AtLeast(0)
          @AtMost(1)
          @Default("0.1")
          double finalFraction) {
    public Config {
      Checks.of(Config.class, warmupSteps, finalFraction).done();
    }
  }

  @Override
  public String name() {
    return "cosine";
  }

  @Override
  public LearningRateSchedule create(PluginConfig config, PluginContext context) {
    Config settings = config.as(Config.class);
    return new CosineSchedule(settings.warmupSteps(), settings.finalFraction());
  }
}
