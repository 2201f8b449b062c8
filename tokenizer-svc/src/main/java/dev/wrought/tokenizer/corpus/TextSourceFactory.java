package dev.wrought.tokenizer.corpus;

import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;
import java.io.IOException;

/** "text": one file. */
public final class TextSourceFactory implements CorpusSourceFactory {
  static final String NAME = "text";

  record Settings(String path) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public CorpusSource create(PluginConfig config, PluginContext context) throws IOException {
    PackedFile file = PackedFile.of(config.as(Settings.class).path());
    return new StreamSource(file, new TextFormat(file.path()));
  }
}
