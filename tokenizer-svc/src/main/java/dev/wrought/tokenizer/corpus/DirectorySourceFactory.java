package dev.wrought.tokenizer.corpus;

import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** "directory": every file below a folder. */
public final class DirectorySourceFactory implements CorpusSourceFactory {
  static final String NAME = "directory";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public CorpusSource create(PluginConfig config, PluginContext context) throws IOException {
    EntrySettings settings = config.as(EntrySettings.class);
    Path folder = Path.of(settings.path());
    if (!Files.isDirectory(folder)) {
      throw new NotDirectoryException(settings.path());
    }
    return new DirectorySource(folder, settings.globs());
  }
}
