package dev.wrought.tokenizer.corpus;

import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;
import java.io.IOException;

/** "jsonl": a file with a JSON object a line. */
public final class JsonlSourceFactory implements CorpusSourceFactory {
  static final String NAME = "jsonl";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public CorpusSource create(PluginConfig config, PluginContext context) throws IOException {
    RowSettings settings = config.as(RowSettings.class);
    PackedFile file = PackedFile.of(settings.path());
    return new StreamSource(
        file, new JsonlFormat(file.path(), settings.field(), settings.skipBroken()));
  }
}
