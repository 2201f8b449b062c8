package org.example.sampler;

import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;
import dev.wrought.core.plugin.PluginContract;
import dev.wrought.serving.sampling.SamplerFactory;
import java.nio.file.Path;

/** What every plugin of any kind has to keep. */
class MineSamplerFactoryTest extends PluginContract<SamplerFactory> {
  @Override
  protected Class<SamplerFactory> kind() {
    return SamplerFactory.class;
  }

  @Override
  protected SamplerFactory plugin() {
    return new MineSamplerFactory();
  }

  @Override
  protected Object create(SamplerFactory plugin, PluginConfig config) {
    return plugin.create(config, PluginContext.of(Path.of("target")));
  }
}
