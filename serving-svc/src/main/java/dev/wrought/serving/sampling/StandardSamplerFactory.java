package dev.wrought.serving.sampling;

import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;

/** Makes the built-in sampler, {@code standard}. */
public final class StandardSamplerFactory implements SamplerFactory {
  /** The name that an absent one stands for. */
  public static final String NAME = "standard";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Sampler create(PluginConfig config, PluginContext context) {
    return new StandardSampler(config.as(StandardSettings.class));
  }
}
