package dev.wrought.tokenizer.corpus;

import dev.wrought.core.config.Default;
import java.util.List;

/**
 * What may be said of a place with files in it.
 *
 * @param include globs, empty: all; @param exclude globs that win over include
 */
record EntrySettings(
    String path, @Default("[]") List<String> include, @Default("[]") List<String> exclude) {
  PathGlobs globs() {
    return new PathGlobs(include, exclude);
  }
}
