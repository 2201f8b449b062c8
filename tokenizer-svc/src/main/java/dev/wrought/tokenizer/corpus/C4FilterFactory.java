package dev.wrought.tokenizer.corpus;

import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;

/** "c4": cleans and leaves out web pages as C4 was made. */
public final class C4FilterFactory implements DocumentFilterFactory {
  @Override
  public String name() {
    return "c4";
  }

  @Override
  public DocumentFilter create(PluginConfig config, PluginContext context) {
    return new C4Filter(config.as(C4Filter.Settings.class));
  }
}
