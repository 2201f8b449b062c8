package dev.wrought.serving.sampling;

import dev.wrought.core.plugin.NamedPlugin;
import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;

/**
 * The plugin kind of samplers. Its name is what {@code GenerateRequest.sampler} and {@code generate
 * --sampler} ask for.
 */
public interface SamplerFactory extends NamedPlugin {

  /**
   * A sampler for one generation.
   *
   * @param config what the request says in {@code sampler_config}
   * @throws dev.wrought.core.error.WroughtException if the configuration is not allowed
   */
  Sampler create(PluginConfig config, PluginContext context);
}
