package dev.wrought.tokenizer.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.wrought.core.dataset.Dataset;
import dev.wrought.core.dataset.DatasetFacts;
import dev.wrought.core.dataset.SplitCounts;
import dev.wrought.core.dataset.TokenShards;
import dev.wrought.core.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a dataset's documents and tokens are like: the body of {@code report.json}.
 *
 * @param dropped documents left out, by reason
 */
public record DatasetReport(
    String name,
    DatasetFacts.TokenizerFacts tokenizer,
    DatasetFacts.CorpusFacts corpus,
    Part train,
    Part validation,
    Map<String, Long> dropped,
    VocabularyUse vocabulary) {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  public DatasetReport {
    dropped = Collections.unmodifiableMap(new TreeMap<>(dropped));
  }

  /** One split. */
  public record Part(
      SplitCounts counts, double wordsPer100Tokens, double bytesPerToken, Lengths lengths) {
    private static Part of(SplitCounts counts, Path split) throws IOException {
      try (TokenShards shards = TokenShards.open(split)) {
        return new Part(
            counts, counts.wordsPer100Tokens(), counts.bytesPerToken(), Lengths.of(shards));
      }
    }
  }

  /**
   * Looks at a dataset whose shards are complete.
   *
   * @param folder with the shards
   * @param occurrences of each token in both splits
   */
  public static DatasetReport of(
      DatasetFacts facts, Tokenizer tokenizer, Path folder, long[] occurrences) throws IOException {
    return new DatasetReport(
        facts.name(),
        facts.tokenizer(),
        facts.corpus(),
        Part.of(facts.train(), Dataset.trainPrefix(folder)),
        Part.of(facts.validation(), Dataset.validationPrefix(folder)),
        facts.dropped(),
        VocabularyUse.of(tokenizer, occurrences));
  }

  /** Both splits together. */
  SplitCounts total() {
    return train.counts().plus(validation.counts());
  }

  /** Writes {@code report.json} and {@code report.html}; whoever publishes them forces them out. */
  public void write(Path folder) throws IOException {
    Files.write(folder.resolve(Dataset.REPORT_FILE), JSON.writeValueAsBytes(this));
    Files.writeString(folder.resolve(Dataset.REPORT_PAGE), new ReportPage(this).html());
  }
}
