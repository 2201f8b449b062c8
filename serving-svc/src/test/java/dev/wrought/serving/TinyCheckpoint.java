package dev.wrought.serving;

import dev.wrought.core.checkpoint.Checkpoint;
import dev.wrought.core.checkpoint.CheckpointPublisher;
import dev.wrought.core.checkpoint.TensorType;
import dev.wrought.core.checkpoint.TrainerState;
import dev.wrought.core.model.Attention;
import dev.wrought.core.model.FeedForward;
import dev.wrought.core.model.ModelConfig;
import dev.wrought.core.model.Norm;
import dev.wrought.core.model.Position;
import dev.wrought.core.model.SpecialIds;
import dev.wrought.core.model.WeightType;
import dev.wrought.core.tokenizer.BpeTrainer;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.core.tokenizer.TokenizerJson;
import dev.wrought.core.tokenizer.WordCounts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** Checkpoints with real tokenizers and random weights, published by core as a run does. */
public final class TinyCheckpoint {
  public static final int CONTEXT = 77;

  private static final String PROSE =
      "the smith wrought iron and steel with fire and a hammer, größer und größer, 鉄は熱いうちに打て. ";

  private TinyCheckpoint() {}

  /** Models of odd sizes, by name. */
  public static ModelConfig config(String name) {
    return switch (name) {
      case "gpt2" -> gpt2(true, true);
      case "gpt2-exact-untied" -> gpt2(false, false);
      case "llama" -> llama(6, 2, 8, false, true);
      case "llama-multi-query-untied" -> llama(3, 1, 10, false, false);
      case "llama-biases" -> llama(4, 4, 6, true, true);
      case "whole-pages" -> ofContext(64, 8);
      case "wide" -> wide();
      case "long" -> ofContext(8192, 8);
      case "longest" -> ofContext(1 << 26, 64);
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** With a context of 8192 it writes for seconds, so that there is time to interrupt it. */
  private static ModelConfig ofContext(int contextLength, int headDim) {
    ModelConfig model = llama(6, 2, headDim, false, true);
    return new ModelConfig(
        1,
        contextLength,
        2,
        model.width(),
        model.position(),
        model.norm(),
        model.attention(),
        model.feedForward(),
        true,
        0.2,
        SpecialIds.NONE,
        WeightType.FLOAT32);
  }

  /** Narrow, but for a feed-forward whose rows are too long to be served. */
  private static ModelConfig wide() {
    return model(
        4,
        new Position.Rotary(10_000),
        new Norm.RmsNorm(1e-5),
        new Attention(1, 1, 4, false),
        new FeedForward.SwiGlu(200_000, false),
        true);
  }

  private static ModelConfig gpt2(boolean tanh, boolean tied) {
    return model(
        36,
        new Position.Learned(),
        new Norm.LayerNorm(1e-5),
        Attention.multiHead(36, 3, true),
        new FeedForward.Gelu(50, true, tanh),
        tied);
  }

  private static ModelConfig llama(
      int heads, int keyValueHeads, int headDim, boolean bias, boolean tied) {
    return model(
        30,
        new Position.Rotary(10_000),
        new Norm.RmsNorm(1e-5),
        new Attention(heads, keyValueHeads, headDim, bias),
        new FeedForward.SwiGlu(70, bias),
        tied);
  }

  private static ModelConfig model(
      int width,
      Position position,
      Norm norm,
      Attention attention,
      FeedForward feedForward,
      boolean tied) {
    return new ModelConfig(
        1,
        CONTEXT,
        2,
        width,
        position,
        norm,
        attention,
        feedForward,
        tied,
        0.2,
        SpecialIds.NONE,
        WeightType.FLOAT32);
  }

  /** A tokenizer of a few hundred tokens. */
  public static Tokenizer tokenizer() {
    WordCounts counts = new WordCounts();
    counts.add(PROSE.getBytes(StandardCharsets.UTF_8));
    return BpeTrainer.train(counts, 401, (merges, wanted) -> {});
  }

  /**
   * Publishes a checkpoint of a run.
   *
   * @param checkpoints the run's folder of checkpoints
   * @param name of a model in {@link #config}
   */
  public static Path publish(Path checkpoints, String name, int step) {
    return publish(checkpoints, config(name), step, TensorType.F32, folder -> {});
  }

  /**
   * Publishes a checkpoint of any model.
   *
   * @param type how weights are stored, F32 or BF16
   * @param afterwards what happens to the files before the manifest is written
   */
  public static Path publish(
      Path checkpoints, ModelConfig model, int step, TensorType type, Consumer<Path> afterwards) {
    Tokenizer tokenizer = tokenizer();
    ModelConfig config =
        model
            .withVocabularySize(tokenizer.vocabularySize())
            .withSpecialIds(SpecialIds.endOfText(tokenizer.endOfTextId()));
    return new CheckpointPublisher(checkpoints)
        .publish(
            step,
            folder -> {
              config.write(folder.resolve(Checkpoint.CONFIGURATION));
              TokenizerJson.write(tokenizer, folder.resolve(Checkpoint.TOKENIZER));
              TinyWeights.write(config, folder.resolve(Checkpoint.WEIGHTS), step, type);
              String digest = TokenizerJson.read(folder.resolve(Checkpoint.TOKENIZER)).digest();
              state(step, digest).write(folder);
              afterwards.accept(folder);
            })
        .path();
  }

  /** A run's {@code run.json}, as far as others read it. */
  public static Path run(Path home, String uid, String name, String created) throws IOException {
    Path run = Files.createDirectories(home.resolve("runs").resolve(uid));
    Files.writeString(
        run.resolve("run.json"),
        """
        {"uid": "%s", "name": "%s", "created": "%s", "restartBudget": 3}
        """
            .formatted(uid, name, created));
    return Files.createDirectories(run.resolve("checkpoints"));
  }

  private static TrainerState state(int step, String tokenizerDigest) {
    return new TrainerState(
        "uid",
        "tiny",
        1,
        step,
        step,
        0,
        0,
        1,
        0,
        OptionalDouble.of(6),
        OptionalDouble.of(5),
        OptionalDouble.empty(),
        1e-3,
        tokenizerDigest,
        List.of(),
        1,
        "any",
        true,
        1);
  }
}
