package dev.wrought.serving.sampling;

import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;
import dev.wrought.core.plugin.PluginRegistry;
import java.nio.file.Path;

/** The samplers there are: the built-in one and those of the jars in {@code plugins/}. */
public final class Samplers {
  private final PluginRegistry<SamplerFactory> factories;
  private final PluginContext context;

  /**
   * @param plugins the folder of jars; need not exist
   * @throws dev.wrought.core.error.WroughtException INVALID_PLUGIN for a jar that cannot be used
   */
  public Samplers(Path plugins, PluginContext context) {
    this.factories = PluginRegistry.load(SamplerFactory.class, plugins);
    this.context = context;
  }

  /**
   * A sampler for one text.
   *
   * @throws dev.wrought.core.error.WroughtException NOT_FOUND for an unknown name, naming the
   *     known; INVALID_ARGUMENT for a configuration that is not allowed
   */
  public Sampler create(String name, PluginConfig config) {
    return factories.get(name).create(config, context);
  }
}
