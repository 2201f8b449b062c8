package dev.wrought.tokenizer.corpus;

import dev.wrought.core.plugin.NamedPlugin;
import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;
import java.io.IOException;

/** The plugin kind of sources. Its name is what {@code Source.kind} asks for. */
public interface CorpusSourceFactory extends NamedPlugin {
  /**
   * Opens a source.
   *
   * @param config what the request says of the source: {@code path}, and as far as they are set
   *     {@code include}, {@code exclude}, {@code field}, {@code skipBroken}
   * @throws IOException if there is nothing to read at its path
   */
  CorpusSource create(PluginConfig config, PluginContext context) throws IOException;
}
