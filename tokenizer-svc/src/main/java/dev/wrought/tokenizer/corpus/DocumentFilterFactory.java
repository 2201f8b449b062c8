package dev.wrought.tokenizer.corpus;

import dev.wrought.core.plugin.NamedPlugin;
import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;

/** The plugin kind of filters. Its name is what {@code Corpus.filters} lists. */
public interface DocumentFilterFactory extends NamedPlugin {
  DocumentFilter create(PluginConfig config, PluginContext context);
}
