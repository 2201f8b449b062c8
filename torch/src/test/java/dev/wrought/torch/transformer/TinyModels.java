package dev.wrought.torch.transformer;

import dev.wrought.core.model.Attention;
import dev.wrought.core.model.FeedForward;
import dev.wrought.core.model.ModelConfig;
import dev.wrought.core.model.Norm;
import dev.wrought.core.model.Position;
import dev.wrought.core.model.SpecialIds;
import dev.wrought.core.model.WeightType;
import java.util.SplittableRandom;

/** Models of a few thousand parameters with awkward sizes, and tokens for them. */
public final class TinyModels {

  public static final int VOCABULARY = 67;

  /** Longer than a strip of attention. */
  public static final int CONTEXT = 150;

  private TinyModels() {}

  /** The models by name, so that parameterised tests show what failed. */
  public static ModelConfig named(String name) {
    return switch (name) {
      case "gpt2" -> gpt2(true, true);
      case "gpt2-exact-untied" -> gpt2(false, false);
      case "llama" -> llama(6, 2, 8, false, true);
      case "llama-multi-query-untied" -> llama(3, 1, 10, false, false);
      case "llama-biases" -> llama(4, 4, 6, true, true);
      case "smallest" -> smallest();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static ModelConfig gpt2(boolean tanh, boolean tied) {
    return model(
        2,
        36,
        new Position.Learned(),
        new Norm.LayerNorm(1e-5),
        Attention.multiHead(36, 3, true),
        new FeedForward.Gelu(50, true, tanh),
        tied);
  }

  private static ModelConfig llama(int heads, int groups, int headDim, boolean bias, boolean tied) {
    return model(
        2,
        40,
        new Position.Rotary(10_000),
        new Norm.RmsNorm(1e-5),
        new Attention(heads, groups, headDim, bias),
        new FeedForward.SwiGlu(52, bias),
        tied);
  }

  /** One layer of 8 channels: a step of it costs little but its calls. */
  private static ModelConfig smallest() {
    return model(
        1,
        8,
        new Position.Rotary(10_000),
        new Norm.RmsNorm(1e-5),
        new Attention(2, 1, 4, false),
        new FeedForward.SwiGlu(12, false),
        true);
  }

  private static ModelConfig model(
      int layers,
      int width,
      Position position,
      Norm norm,
      Attention attention,
      FeedForward feedForward,
      boolean tied) {
    return new ModelConfig(
        VOCABULARY,
        CONTEXT,
        layers,
        width,
        position,
        norm,
        attention,
        feedForward,
        tied,
        0.08,
        SpecialIds.NONE,
        WeightType.FLOAT32);
  }

  /** Random inputs and targets. */
  public static TokenBatch tokens(int sequences, int length, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long count = (long) sequences * length;
    return TokenBatch.of(
        sequences,
        length,
        random.ints(count, 0, VOCABULARY).toArray(),
        random.ints(count, 0, VOCABULARY).toArray());
  }
}
