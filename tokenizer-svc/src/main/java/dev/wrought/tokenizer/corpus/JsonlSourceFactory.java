package dev.wrought.tokenizer.corpus;

import dev.wrought.core.config.Default;
import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;
import java.io.IOException;
import java.nio.file.Path;

/** "jsonl": a file with a JSON object a line. */
public final class JsonlSourceFactory implements CorpusSourceFactory {
  static final String NAME = "jsonl";

  /**
   * @param field the field with the text
   * @param skipBroken skip broken lines and count them, instead of stopping at the first
   */
  record Settings(
      String path, @Default("text") String field, @Default("false") boolean skipBroken) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public CorpusSource create(PluginConfig config, PluginContext context) throws IOException {
    Settings settings = config.as(Settings.class);
    return new JsonlSource(Path.of(settings.path()), settings.field(), settings.skipBroken());
  }
}
