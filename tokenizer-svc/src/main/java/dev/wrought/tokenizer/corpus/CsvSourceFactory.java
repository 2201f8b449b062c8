package dev.wrought.tokenizer.corpus;

import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;
import java.io.IOException;

/** "csv": a file with a record a row. */
public final class CsvSourceFactory implements CorpusSourceFactory {
  static final String NAME = "csv";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public CorpusSource create(PluginConfig config, PluginContext context) throws IOException {
    RowSettings settings = config.as(RowSettings.class);
    PackedFile file = PackedFile.of(settings.path());
    return new StreamSource(
        file, new CsvFormat(file.path(), settings.field(), settings.skipBroken()));
  }
}
