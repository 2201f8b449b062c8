package dev.wrought.tokenizer.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.artifact.Artifact;
import dev.wrought.core.dataset.Dataset;
import dev.wrought.core.dataset.TokenShards;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.core.tokenizer.TokenizerJson;
import dev.wrought.tokenizer.corpus.Corpora;
import dev.wrought.tokenizer.corpus.CorpusSpec;
import dev.wrought.tokenizer.corpus.SourceSpec;
import dev.wrought.tokenizer.training.Trainings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Builds of two hundred short texts, which have numbers, with a tokenizer that was trained on them.
 */
abstract class NumberedTextBuilds {
  @TempDir Path home;
  final Map<String, String> files = new TreeMap<>();
  Path texts;
  Artifact artifact;
  Tokenizer tokenizer;

  @BeforeEach
  void trainTokenizer() throws IOException {
    for (int i = 0; i < 200; i++) {
      files.put(
          "%03d.txt".formatted(i), "// Copyright " + i + "\n\nthe cat " + i + " sat, and sat; é\n");
    }
    texts = Corpora.write(home.resolve("texts"), files);
    artifact =
        Trainings.in(home, 1)
            .train(
                Trainings.request("words", Corpora.of(texts), 400),
                (phase, fraction, bytes, merges) -> {})
            .artifact();
    tokenizer = TokenizerJson.read(artifact.file());
  }

  CorpusSpec weighted(double weight) {
    return weighted(texts, weight);
  }

  static CorpusSpec weighted(Path source, double weight) {
    SourceSpec spec =
        new SourceSpec(source.toString(), "", List.of(), List.of(), "", false, weight);
    return new CorpusSpec(List.of(spec), List.of(), true, 0);
  }

  Dataset build(int threads, CorpusSpec corpus, double fraction) {
    return building(threads)
        .build(new BuildRequest("data", artifact, corpus, fraction), tokenizer, Builds.SILENT);
  }

  DatasetBuilding building(int threads) {
    return Builds.in(home, threads, BuildSettings.USUAL_SHARD_TOKENS);
  }

  /** Closes the shards. */
  List<String> texts(TokenShards shards) {
    try (shards) {
      List<String> texts = new ArrayList<>();
      for (int document = 0; document < shards.documents(); document++) {
        int[] ids = shards.document(document);
        assertEquals(tokenizer.endOfTextId(), ids[ids.length - 1]);
        texts.add(new String(tokenizer.decode(Arrays.copyOf(ids, ids.length - 1)), UTF_8));
      }
      return texts;
    }
  }

  static long bytes(List<String> texts) {
    return texts.stream().mapToLong(text -> text.getBytes(UTF_8).length).sum();
  }

  void assertNothingStaged() throws IOException {
    Path all = Files.createDirectories(home.resolve("datasets"));
    try (Stream<Path> entries = Files.list(all)) {
      assertTrue(entries.noneMatch(e -> String.valueOf(e.getFileName()).startsWith(".tmp")));
    }
    assertEquals(0, Builds.unfinished(home));
  }
}
