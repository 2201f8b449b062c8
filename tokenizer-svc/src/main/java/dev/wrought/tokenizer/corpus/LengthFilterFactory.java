package dev.wrought.tokenizer.corpus;

import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;

/** "length": leaves out what is shorter or longer than asked for. */
public final class LengthFilterFactory implements DocumentFilterFactory {
  @Override
  public String name() {
    return "length";
  }

  @Override
  public DocumentFilter create(PluginConfig config, PluginContext context) {
    return new LengthFilter(config.as(LengthFilter.Settings.class));
  }
}
