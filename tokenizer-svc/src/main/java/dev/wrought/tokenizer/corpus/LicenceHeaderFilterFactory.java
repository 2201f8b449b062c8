package dev.wrought.tokenizer.corpus;

import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;

/** "licence-header": takes leading comments about licence and copyright away. */
public final class LicenceHeaderFilterFactory implements DocumentFilterFactory {
  record Settings() {}

  @Override
  public String name() {
    return "licence-header";
  }

  @Override
  public DocumentFilter create(PluginConfig config, PluginContext context) {
    config.as(Settings.class);
    return new LicenceHeaderFilter();
  }
}
