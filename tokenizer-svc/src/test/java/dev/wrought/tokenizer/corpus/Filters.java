package dev.wrought.tokenizer.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;
import java.nio.file.Path;

/** Filters in tests. */
final class Filters {
  static final String KEPT = "kept";

  private Filters() {}

  /** A filter with settings written as in a request. */
  static DocumentFilter of(DocumentFilterFactory factory, String settings) {
    return factory.create(
        PluginConfig.parse(settings, "the test"), PluginContext.of(Path.of("/none")));
  }

  /** The rule that a text breaks, or {@link #KEPT}. */
  static String judge(DocumentFilter filter, String text) {
    return switch (filter.apply("path", text.getBytes(UTF_8))) {
      case Filtered.Kept _ -> KEPT;
      case Filtered.Dropped dropped -> dropped.rule();
    };
  }

  /** What is left of a text that is kept. */
  static String rest(DocumentFilter filter, String text) {
    return switch (filter.apply("path", text.getBytes(UTF_8))) {
      case Filtered.Kept kept -> new String(kept.content(), UTF_8);
      case Filtered.Dropped dropped -> throw new AssertionError("dropped by " + dropped.rule());
    };
  }
}
