package dev.wrought.tokenizer.corpus;

import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;

/** "gopher-quality": leaves out what does not look like prose. */
public final class GopherQualityFilterFactory implements DocumentFilterFactory {
  @Override
  public String name() {
    return "gopher-quality";
  }

  @Override
  public DocumentFilter create(PluginConfig config, PluginContext context) {
    return new GopherQualityFilter(config.as(GopherQualityFilter.Settings.class));
  }
}
