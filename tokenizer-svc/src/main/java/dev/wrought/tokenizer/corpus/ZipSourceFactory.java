package dev.wrought.tokenizer.corpus;

import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;
import java.io.IOException;
import java.nio.file.Path;

/** "zip": every entry of a zip or jar. */
public final class ZipSourceFactory implements CorpusSourceFactory {
  static final String NAME = "zip";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public CorpusSource create(PluginConfig config, PluginContext context) throws IOException {
    EntrySettings settings = config.as(EntrySettings.class);
    return new ZipSource(Path.of(settings.path()), settings.globs());
  }
}
