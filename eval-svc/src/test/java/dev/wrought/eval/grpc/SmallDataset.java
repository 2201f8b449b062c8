package dev.wrought.eval.grpc;

import dev.wrought.core.checkpoint.TrainerState;
import dev.wrought.core.checkpoint.TrainerState.WeightedDataset;
import dev.wrought.core.dataset.Dataset;
import dev.wrought.core.dataset.DatasetFacts;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** A real dataset of a few sentences, and a checkpoint's state that names it. */
record SmallDataset(Path folder, Tokenizer tokenizer, List<String> heldOut, String digest) {
  private static final String PROSE =
      "the cat sat on the mat. the dog sat on the log, and they sat there together ";

  static SmallDataset write(Path folder) throws IOException {
    Files.createDirectories(folder);
    WordCounts counts = new WordCounts();
    counts.add(PROSE.repeat(9).getBytes(StandardCharsets.UTF_8));
    Tokenizer tokenizer =
        BpeTrainer.train(counts, BpeTrainer.minimumVocabulary() + 40, (_, _) -> {});
    TokenizerJson.write(tokenizer, folder.resolve(Dataset.TOKENIZER_FILE));
    List<String> heldOut =
        IntStream.range(0, 12).mapToObj(i -> PROSE.substring(i).repeat(1 + i % 4) + i).toList();
    List<String> train = IntStream.range(0, 30).mapToObj(i -> PROSE.repeat(1 + i % 3) + i).toList();
    Tokenizer read = TokenizerJson.read(folder.resolve(Dataset.TOKENIZER_FILE));
    DatasetFacts facts =
        new DatasetFacts(
            "small",
            "2026-01-02T03:04:05Z",
            new DatasetFacts.TokenizerFacts("prose", read.digest(), read.vocabularySize()),
            new DatasetFacts.CorpusFacts(List.of(), List.of(), true, 0, 0.3),
            split(Dataset.trainPrefix(folder), read, train),
            split(Dataset.validationPrefix(folder), read, heldOut),
            Map.of());
    return new SmallDataset(folder, read, heldOut, Dataset.seal(folder, facts).digest());
  }

  private static SplitCounts split(Path prefix, Tokenizer tokenizer, List<String> documents)
      throws IOException {
    try (ShardWriter writer = ShardWriter.create(prefix, tokenizer.vocabularySize())) {
      long bytes = 0;
      long words = 0;
      for (String document : documents) {
        int[] ids = tokenizer.encode(document);
        int[] ended = Arrays.copyOf(ids, ids.length + 1);
        ended[ids.length] = tokenizer.endOfTextId();
        writer.add(ended);
        bytes += document.getBytes(StandardCharsets.UTF_8).length;
        words += document.split("\\s+").length;
      }
      writer.finish();
      return new SplitCounts(writer.documents(), writer.tokens(), bytes, words);
    }
  }

  /** A folder with what scoring reads of a checkpoint. @param samples of 16 tokens, trained on */
  Path checkpoint(Path at, long samples) throws IOException {
    Files.createDirectories(at);
    new TrainerState(
            "0198-uid",
            "small",
            1,
            10,
            10,
            samples,
            samples * FakeServing.CONTEXT_LENGTH,
            42,
            0,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            1e-3,
            tokenizer.digest(),
            List.of(new WeightedDataset("small@" + digest, 1)),
            1,
            "avx512",
            true,
            1)
        .write(at);
    return at;
  }

  /** What the first documents need by the fake model's formula, in nats. */
  double nats(int documents) {
    double nats = 0;
    for (String document : heldOut.subList(0, documents)) {
      int before = tokenizer.endOfTextId();
      for (int token : tokenizer.encode(document)) {
        nats -= FakeServing.logProbability(before, token);
        before = token;
      }
    }
    return nats;
  }

  byte[] bytes(int documents) {
    return String.join("", heldOut.subList(0, documents)).getBytes(StandardCharsets.UTF_8);
  }
}
