package dev.wrought.trainer.objective;

import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;
import dev.wrought.core.tokenizer.Tokenizer;

/** {@code causal}: see {@link CausalObjective}. */
public final class CausalObjectiveFactory implements ObjectiveFactory {

  /** There is nothing to set. */
  public record Config() {}

  @Override
  public String name() {
    return "causal";
  }

  @Override
  public Class<Config> settings() {
    return Config.class;
  }

  @Override
  public Objective create(PluginConfig config, Tokenizer tokenizer, PluginContext context) {
    config.as(Config.class);
    return new CausalObjective();
  }
}
