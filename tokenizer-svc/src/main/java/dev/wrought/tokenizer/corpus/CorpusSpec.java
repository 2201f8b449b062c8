package dev.wrought.tokenizer.corpus;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.util.List;

/**
 * A corpus as it was asked for.
 *
 * @param filters applied in this order; each a name, or a name with settings: {@code length:
 *     {minWords: 20}}
 * @param deduplicate whether documents with the same bytes are kept once
 * @param nearDuplicates Jaccard similarity, 0 to 1, from which on documents are taken for the same;
 *     0: they are not compared
 */
public record CorpusSpec(
    List<SourceSpec> sources, List<String> filters, boolean deduplicate, double nearDuplicates) {
  private static final int MOST_SOURCES = 1000;
  private static final int MOST_FILTERS = 64;

  public CorpusSpec {
    sources = List.copyOf(sources);
    filters = List.copyOf(filters);
    if (sources.isEmpty() || sources.size() > MOST_SOURCES || filters.size() > MOST_FILTERS) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "a corpus has 1 to %d sources and at most %d filters, not %d and %d"
              .formatted(MOST_SOURCES, MOST_FILTERS, sources.size(), filters.size()));
    }
    if (!(nearDuplicates >= 0 && nearDuplicates <= 1)) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "the similarity of near duplicates is "
              + nearDuplicates
              + "; it must be from 0, which compares nothing, to 1; 0.8 is usual");
    }
  }
}
