package dev.wrought.trainer.schedule;

import dev.wrought.core.config.AtLeast;
import dev.wrought.core.config.Checks;
import dev.wrought.core.config.Default;
import dev.wrought.core.config.Doc;
import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;

/** {@code constant}: the peak learning rate all along, after a warm-up. */
public final class ConstantScheduleFactory implements LearningRateScheduleFactory {

  /** The settings in a recipe. */
  public record Config(@Doc("Steps of linear rise.") @AtLeast(0) @Default("0") int warmupSteps) {
    public Config {
      Checks.of(Config.class, warmupSteps).done();
    }
  }

  @Override
  public String name() {
    return "constant";
  }

  @Override
  public LearningRateSchedule create(PluginConfig config, PluginContext context) {
    Warmup warmup = new Warmup(config.as(Config.class).warmupSteps());
    return (step, plannedSteps) -> warmup.factor(step);
  }
}
