package dev.wrought.core.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A dataset of three documents and eight tokens. */
final class TinyDataset {
  static final DatasetFacts FACTS =
      new DatasetFacts(
          "tiny",
          "2026-01-02T03:04:05Z",
          new DatasetFacts.TokenizerFacts("bytes", "0".repeat(64), 300),
          new DatasetFacts.CorpusFacts(
              List.of(new DatasetFacts.SourceFacts("/texts", "directory", 4, 33, 1)),
              List.of("licence-header"),
              true,
              0,
              0.01),
          new SplitCounts(2, 5, 12, 3),
          new SplitCounts(1, 3, 8, 2),
          Map.of("duplicate", 1L));

  private TinyDataset() {}

  /** Makes it in an empty folder. */
  static Dataset seal(Path folder) throws IOException {
    Files.writeString(folder.resolve(Dataset.TOKENIZER_FILE), "{}");
    write(Dataset.trainPrefix(folder), new int[] {1, 2, 0}, new int[] {3, 0});
    write(Dataset.validationPrefix(folder), new int[] {4, 5, 0});
    return Dataset.seal(folder, FACTS);
  }

  private static void write(Path prefix, int[]... documents) throws IOException {
    try (ShardWriter writer = ShardWriter.create(prefix, 300)) {
      for (int[] document : documents) {
        writer.add(document);
      }
      writer.finish();
    }
  }
}
