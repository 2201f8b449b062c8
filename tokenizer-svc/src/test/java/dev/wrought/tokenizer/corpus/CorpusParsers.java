package dev.wrought.tokenizer.corpus;

import dev.wrought.core.fuzz.FuzzTarget;
import java.util.List;

/** The parsers of corpora. */
final class CorpusParsers {
  private CorpusParsers() {}

  static List<FuzzTarget> all() {
    return List.of(
        new JsonlFuzz(),
        new CsvFuzz(),
        new TarFuzz(),
        new ZipFuzz(),
        new PackedFileFuzz(),
        new ParquetFuzz());
  }
}
