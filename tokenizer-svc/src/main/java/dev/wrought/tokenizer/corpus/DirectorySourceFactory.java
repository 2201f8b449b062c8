package dev.wrought.tokenizer.corpus;

import dev.wrought.core.config.Default;
import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;

/** "directory": every file below a folder. */
public final class DirectorySourceFactory implements CorpusSourceFactory {
  static final String NAME = "directory";

  /**
   * @param include globs, empty: all; @param exclude globs that win over include
   */
  record Settings(
      String path, @Default("[]") List<String> include, @Default("[]") List<String> exclude) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public CorpusSource create(PluginConfig config, PluginContext context) throws IOException {
    Settings settings = config.as(Settings.class);
    Path folder = Path.of(settings.path());
    if (!Files.isDirectory(folder)) {
      throw new NotDirectoryException(settings.path());
    }
    return new DirectorySource(folder, new PathGlobs(settings.include(), settings.exclude()));
  }
}
