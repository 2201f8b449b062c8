package dev.wrought.tokenizer.corpus;

import dev.wrought.core.config.Default;
import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** "zip": every entry of a zip or jar. */
public final class ZipSourceFactory implements CorpusSourceFactory {
  static final String NAME = "zip";

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
    return new ZipSource(
        Path.of(settings.path()), new PathGlobs(settings.include(), settings.exclude()));
  }
}
