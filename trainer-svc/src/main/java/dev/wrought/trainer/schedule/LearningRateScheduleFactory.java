package dev.wrought.trainer.schedule;

import dev.wrought.core.plugin.NamedPlugin;
import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;

/** A kind of schedule that a recipe can choose by name. */
public interface LearningRateScheduleFactory extends NamedPlugin {
  /**
   * Makes a schedule.
   *
   * @throws dev.wrought.core.error.WroughtException listing every problem of the settings
   */
  LearningRateSchedule create(PluginConfig config, PluginContext context);
}
