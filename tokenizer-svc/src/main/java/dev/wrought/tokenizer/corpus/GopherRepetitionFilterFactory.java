package dev.wrought.tokenizer.corpus;

import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;

/** "gopher-repetition": leaves out what repeats itself. */
public final class GopherRepetitionFilterFactory implements DocumentFilterFactory {
  @Override
  public String name() {
    return "gopher-repetition";
  }

  @Override
  public DocumentFilter create(PluginConfig config, PluginContext context) {
    return new GopherRepetitionFilter(config.as(GopherRepetitionFilter.Settings.class));
  }
}
