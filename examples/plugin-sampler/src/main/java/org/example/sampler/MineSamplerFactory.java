package org.example.sampler;

import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;
import dev.wrought.serving.sampling.Sampler;
import dev.wrought.serving.sampling.SamplerFactory;

/** The plugin: found by its entry in META-INF/services, chosen by its name. */
public final class MineSamplerFactory implements SamplerFactory {
  @Override
  public String name() {
    return "mine";
  }

  @Override
  public Sampler create(PluginConfig config, PluginContext context) {
    return new MineSampler(config.as(MineSettings.class));
  }
}
