package dev.wrought.tokenizer.corpus;

import dev.wrought.core.config.Default;
import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;
import java.io.IOException;
import java.nio.file.Path;

/** "parquet": a file with a column of text. */
public final class ParquetSourceFactory implements CorpusSourceFactory {
  static final String NAME = "parquet";

  /**
   * @param field the column with the text
   */
  record Settings(String path, @Default("text") String field) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public CorpusSource create(PluginConfig config, PluginContext context) throws IOException {
    Settings settings = config.as(Settings.class);
    return new ParquetSource(Path.of(settings.path()), settings.field());
  }
}
