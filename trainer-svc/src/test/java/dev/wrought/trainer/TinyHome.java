package dev.wrought.trainer;

import dev.wrought.core.artifact.ArtifactKind;
import dev.wrought.core.artifact.Artifacts;
import dev.wrought.core.dataset.Dataset;
import dev.wrought.core.dataset.DatasetFacts;
import dev.wrought.core.dataset.DatasetFacts.CorpusFacts;
import dev.wrought.core.dataset.DatasetFacts.SourceFacts;
import dev.wrought.core.dataset.DatasetFacts.TokenizerFacts;
import dev.wrought.core.dataset.ShardWriter;
import dev.wrought.core.dataset.SplitCounts;
import dev.wrought.core.tokenizer.BpeTrainer;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.core.tokenizer.TokenizerJson;
import dev.wrought.core.tokenizer.WordCounts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A home with a real tokenizer and dataset called {@code tiny}, made from generated prose. */
public record TinyHome(Path path, String tokenizer, String dataset) {
  private static final List<String> WORDS =
      List.of("the", "smith", "wrought", "iron", "and", "steel", "with", "fire", "a", "hammer");

  /** The recipe of a two-layer model of 60,000 parameters. */
  public static String recipe(String name, String duration) {
    return recipe(name, duration, 10);
  }

  public static String recipe(String name, String duration, int checkpointEvery) {
    return """
    apiVersion: wrought.dev/v1alpha1
    kind: TrainingRun
    metadata: {name: %s}
    spec:
      model: {preset: llama, layers: 2, width: 32, heads: 2, keyValueHeads: 1, contextLength: 32}
      tokenizer: tiny
      data: {mixture: [{dataset: tiny}]}
      optimizer: {adamw: {learningRate: 3e-3}}
      schedule: {cosine: {warmupSteps: 5}}
      batch: {tokens: 256, microBatchSequences: 4}
      duration: {%s}
      precision: fp32
      validation: {everySteps: 10, tokens: 512}
      checkpoint: {everySteps: %d, keep: 3}
    """
        .formatted(name, duration, checkpointEvery);
  }

  /** Makes the home. */
  public static TinyHome make(Path home) throws IOException {
    return make(home, 384);
  }

  /** Makes the home with a vocabulary of this size. */
  public static TinyHome make(Path home, int vocabularySize) throws IOException {
    List<String> documents = prose();
    WordCounts counts = new WordCounts();
    documents.forEach(document -> counts.add(document.getBytes(StandardCharsets.UTF_8)));
    Tokenizer tokenizer = BpeTrainer.train(counts, vocabularySize, (merges, wanted) -> {});
    Artifacts artifacts = new Artifacts(home);
    Path staged = artifacts.stage(ArtifactKind.TOKENIZER);
    TokenizerJson.write(tokenizer, staged.resolve(TokenizerJson.FILE));
    String digest = TokenizerJson.read(staged.resolve(TokenizerJson.FILE)).digest();
    artifacts.publish(ArtifactKind.TOKENIZER, "tiny", digest, staged);
    return new TinyHome(home, digest, build(artifacts, documents).digest());
  }

  /** Builds the dataset anew, with the same tokenizer, from all documents but the last. */
  public TinyHome rebuild() throws IOException {
    List<String> documents = prose();
    Dataset rebuilt = build(new Artifacts(path), documents.subList(0, documents.size() - 1));
    return new TinyHome(path, tokenizer, rebuilt.digest());
  }

  /** Where the dataset lies that was made last. */
  public Path data() {
    return new Artifacts(path).resolve(ArtifactKind.DATASET, "tiny").folder();
  }

  private static Dataset build(Artifacts artifacts, List<String> documents) throws IOException {
    Path file = artifacts.resolve(ArtifactKind.TOKENIZER, "tiny").file();
    Tokenizer tokenizer = TokenizerJson.read(file);
    Path data = artifacts.stage(ArtifactKind.DATASET);
    Files.copy(file, data.resolve(Dataset.TOKENIZER_FILE));
    int held = documents.size() / 10;
    SplitCounts validation =
        write(Dataset.validationPrefix(data), tokenizer, documents.subList(0, held));
    SplitCounts train =
        write(Dataset.trainPrefix(data), tokenizer, documents.subList(held, documents.size()));
    Dataset dataset =
        Dataset.seal(
            data,
            new DatasetFacts(
                "tiny",
                "2026-01-01T00:00:00Z",
                new TokenizerFacts("tiny", tokenizer.digest(), tokenizer.vocabularySize()),
                new CorpusFacts(
                    List.of(new SourceFacts("/prose", "generated", documents.size(), 1, 1)),
                    List.of(),
                    false,
                    0,
                    0.1),
                train,
                validation,
                Map.of()));
    artifacts.publish(ArtifactKind.DATASET, "tiny", dataset.digest(), data);
    return dataset;
  }

  private static SplitCounts write(Path prefix, Tokenizer tokenizer, List<String> documents)
      throws IOException {
    long bytes = 0;
    long words = 0;
    try (ShardWriter writer = ShardWriter.create(prefix, tokenizer.vocabularySize())) {
      for (String document : documents) {
        int[] ids = tokenizer.encode(document);
        int[] ended = Arrays.copyOf(ids, ids.length + 1);
        ended[ids.length] = tokenizer.endOfTextId();
        writer.add(ended);
        bytes += document.length();
        words += document.split(" ").length;
      }
      writer.finish();
      return new SplitCounts(writer.documents(), writer.tokens(), bytes, words);
    }
  }

  private static List<String> prose() {
    Random random = new Random(1);
    List<String> documents = new ArrayList<>();
    for (int document = 0; document < 100; document++) {
      StringBuilder text = new StringBuilder();
      int words = 20 + random.nextInt(120);
      for (int word = 0; word < words; word++) {
        text.append(word == 0 ? "" : " ").append(WORDS.get(random.nextInt(WORDS.size())));
      }
      documents.add(text.append('.').toString());
    }
    return documents;
  }
}
