package dev.wrought.core.dataset;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a dataset is made of and how much there is: the body of {@code dataset.json}.
 *
 * @param created RFC 3339, UTC
 * @param dropped documents left out, by reason: "duplicate", "near-duplicate", "weight", "empty",
 *     "too-long", "broken", a filter's name, or "filter/rule"
 */
public record DatasetFacts(
    String name,
    String created,
    TokenizerFacts tokenizer,
    CorpusFacts corpus,
    SplitCounts train,
    SplitCounts validation,
    Map<String, Long> dropped) {

  public DatasetFacts {
    dropped = Collections.unmodifiableMap(new TreeMap<>(dropped));
  }

  /** The tokenizer that the dataset was made with; a model on it needs the same. */
  public record TokenizerFacts(String name, String digest, int vocabularySize) {}

  /**
   * Where the documents came from and what was done to them.
   *
   * @param filters in the order they were applied, each a name, or a name with its settings
   * @param nearDuplicates similarity from which on documents were taken for the same; 0: they were
   *     not compared
   * @param validationFraction share of the documents meant to be held out
   */
  public record CorpusFacts(
      List<SourceFacts> sources,
      List<String> filters,
      boolean deduplicated,
      double nearDuplicates,
      double validationFraction) {
    public CorpusFacts {
      sources = List.copyOf(sources);
      filters = List.copyOf(filters);
    }
  }

  /**
   * One source.
   *
   * @param documents read from it, before filters
   * @param bytes of those
   * @param weight how often each counts in the training split
   */
  public record SourceFacts(String path, String kind, long documents, long bytes, double weight) {}

  /** Both splits together. */
  public SplitCounts total() {
    return train.plus(validation);
  }

  /** Of both splits together. */
  public double wordsPer100Tokens() {
    return total().wordsPer100Tokens();
  }

  /** Of both splits together. */
  public double bytesPerToken() {
    return total().bytesPerToken();
  }
}
