package dev.wrought.tokenizer.report;

import dev.wrought.core.dataset.DatasetFacts;
import dev.wrought.core.dataset.SplitCounts;
import dev.wrought.tokenizer.report.VocabularyUse.TopToken;
import java.util.List;
import java.util.Map;

/** Reports for tests. */
final class Reports {
  private Reports() {}

  /** One whose sources, reasons and tokens are markup. */
  static DatasetReport hostile() {
    SplitCounts train = new SplitCounts(1_000, 1_200_000, 3_900_000, 720_000);
    SplitCounts heldOut = new SplitCounts(12, 34_567, 100_000, 20_133);
    return new DatasetReport(
        "shown",
        new DatasetFacts.TokenizerFacts("words", "0123456789abcdef".repeat(4), 8),
        new DatasetFacts.CorpusFacts(
            List.of(
                new DatasetFacts.SourceFacts(
                    "/texts/<img src=x onerror=alert(1)>&\"'.zip", "zip", 1_500, 5_000_000, 1),
                new DatasetFacts.SourceFacts("/texts/rows.jsonl", "<i>", 20, 100, 0.5)),
            List.of("length: {minWords: 20}", "</code><b>bold</b>"),
            true,
            0.8,
            0.01),
        part(
            train,
            new Lengths(
                3,
                1200,
                70_000,
                percentiles(),
                List.of(
                    new Lengths.Range(2, 3, 150),
                    new Lengths.Range(4, 7, 600),
                    new Lengths.Range(8, 15, 0),
                    new Lengths.Range(65_536, 131_071, 250)))),
        part(
            heldOut,
            new Lengths(5, 2_880.6, 6, percentiles(), List.of(new Lengths.Range(4, 7, 12)))),
        Map.of("duplicate", 480L, "mine/<i>rule</i>", 28L),
        new VocabularyUse(
            8,
            6,
            2,
            List.of(
                new TopToken(4, " the", "20 74 68 65", false, 600_000, 0.486),
                new TopToken(5, "</script>", "3c", false, 300_000, 0.243),
                new TopToken(6, "\n\t", "0a 09", false, 200_000, 0.162),
                new TopToken(7, "\uFFFD", "e2 96", false, 1_000, 0.0008),
                new TopToken(0, "<s>", "3c 73 3e", true, 1_000, 0.0008),
                new TopToken(1, "\u001b", "1b", false, 1, 0))));
  }

  private static DatasetReport.Part part(SplitCounts counts, Lengths lengths) {
    return new DatasetReport.Part(
        counts, counts.wordsPer100Tokens(), counts.bytesPerToken(), lengths);
  }

  private static List<Lengths.Percentile> percentiles() {
    return List.of(new Lengths.Percentile(5, 3), new Lengths.Percentile(99, 70_000));
  }
}
