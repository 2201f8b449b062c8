package dev.wrought.trainer.backend;

import dev.wrought.core.plugin.NamedPlugin;
import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;

/** A kind of place where workers run, chosen by name. */
public interface PodBackendFactory extends NamedPlugin {
  /**
   * Makes the backend.
   *
   * @throws dev.wrought.core.error.WroughtException listing every problem of the settings
   */
  PodBackend create(PluginConfig config, PluginContext context);
}
