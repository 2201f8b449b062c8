package dev.wrought.tokenizer.corpus;

import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;
import java.io.IOException;

/** "tar": every file of a tar. */
public final class TarSourceFactory implements CorpusSourceFactory {
  static final String NAME = "tar";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public CorpusSource create(PluginConfig config, PluginContext context) throws IOException {
    EntrySettings settings = config.as(EntrySettings.class);
    PackedFile file = PackedFile.of(settings.path());
    return new StreamSource(file, new TarFormat(file.path(), settings.globs()));
  }
}
