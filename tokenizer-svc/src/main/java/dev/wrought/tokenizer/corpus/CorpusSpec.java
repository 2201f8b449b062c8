package dev.wrought.tokenizer.corpus;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.util.List;

/**
 * A corpus as it was asked for.
 *
 * @param filters by name, applied in this order
 * @param deduplicate whether documents with the same bytes are kept once
 */
public record CorpusSpec(List<SourceSpec> sources, List<String> filters, boolean deduplicate) {
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
  }
}
