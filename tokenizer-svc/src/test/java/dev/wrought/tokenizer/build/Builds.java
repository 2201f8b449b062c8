package dev.wrought.tokenizer.build;

import dev.wrought.core.artifact.Artifacts;
import dev.wrought.tokenizer.corpus.Corpora;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;

/** Small builds for tests. */
final class Builds {
  static final BuildProgress SILENT = (phase, fraction, bytes, documents, tokens) -> {};

  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

  private Builds() {}

  static DatasetBuilding in(Path home, int threads, long shardTokens) {
    return new DatasetBuilding(
        new Artifacts(home),
        Corpora.plugins(home),
        new UnfinishedBuilds(home),
        NOON,
        new BuildSettings(threads, shardTokens));
  }

  /** How many builds are waiting to be gone on with. */
  static long unfinished(Path home) throws IOException {
    Path folder = home.resolve("datasets/.unfinished");
    if (!Files.exists(folder)) {
      return 0;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(Files::isDirectory).count();
    }
  }
}
