package dev.wrought.benchmarks;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.model.Attention;
import dev.wrought.core.model.FeedForward;
import dev.wrought.core.model.ModelConfig;
import dev.wrought.core.model.Norm;
import dev.wrought.core.model.Position;
import dev.wrought.core.model.SpecialIds;
import dev.wrought.core.model.WeightType;
import dev.wrought.core.recipe.Precision;
import dev.wrought.torch.aten.Arithmetic;
import dev.wrought.torch.aten.Libtorch;
import dev.wrought.torch.aten.ScalarType;
import dev.wrought.torch.aten.Tensors;
import dev.wrought.torch.autograd.GradMode;
import dev.wrought.torch.autograd.TensorScope;
import dev.wrought.torch.optim.AdamW;
import dev.wrought.torch.step.TrainingStep;
import dev.wrought.torch.transformer.Decoder;
import dev.wrought.torch.transformer.Parameters;
import dev.wrought.torch.transformer.TokenBatch;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Tokens a second in training, clipping and all, by turns with PyTorch at the same precision. Where
 * the processor has no bfloat16 arithmetic ours computes in float32 when asked for it, and PyTorch
 * emulates: the float32 cases show what both reach in their best format. The limit is what the
 * processor would reach if it did nothing but matrix products at its best rate.
 */
final class TrainBenchmark implements Benchmark {

  private static final int PEAK_SIZE = 2048;

  /** A model, a batch and threads. */
  private record Case(
      String shape,
      String kind,
      ModelConfig model,
      int sequences,
      Precision precision,
      int threads) {

    String title() {
      String wider =
          precision == Precision.BF16 && computeType() == ScalarType.FLOAT32
              ? " (ours in fp32: no bf16 arithmetic here)"
              : "";
      return "%s, %d x %d, %s%s, %d thread%s"
          .formatted(
              shape,
              sequences,
              model.contextLength(),
              precision.name().toLowerCase(Locale.ROOT),
              wider,
              threads,
              threads == 1 ? "" : "s");
    }

    ScalarType computeType() {
      return precision == Precision.FP32 || !Libtorch.computesBfloat16()
          ? ScalarType.FLOAT32
          : ScalarType.BFLOAT16;
    }

    int tokens() {
      return sequences * model.contextLength();
    }

    Map<String, Object> setup() {
      return Map.ofEntries(
          Map.entry("kind", kind),
          Map.entry("vocabulary", model.vocabularySize()),
          Map.entry("context", model.contextLength()),
          Map.entry("layers", model.layers()),
          Map.entry("width", model.width()),
          Map.entry("heads", model.attention().heads()),
          Map.entry("keyValueHeads", model.attention().keyValueHeads()),
          Map.entry("feedForward", model.feedForward().width()),
          Map.entry("sequences", sequences),
          Map.entry("precision", precision.name().toLowerCase(Locale.ROOT)),
          Map.entry("threads", threads));
    }
  }

  @Override
  public int defaultRounds() {
    return 10;
  }

  @Override
  public void run(Rounds rounds, Consumer<BenchmarkRow> rows) {
    int all = Runtime.getRuntime().availableProcessors();
    rows.accept(measure(new Case("gpt-13.9m", "gpt", gpt(), 16, Precision.BF16, 1), rounds));
    rows.accept(measure(new Case("gpt-13.9m", "gpt", gpt(), 16, Precision.FP32, 1), rounds));
    Rounds more = rounds.times(3);
    rows.accept(measure(new Case("llama-4.2m", "llama", llama(), 8, Precision.BF16, all), more));
    rows.accept(measure(new Case("llama-4.2m", "llama", llama(), 8, Precision.FP32, all), more));
  }

  private static ModelConfig gpt() {
    return model(
        8192,
        6,
        384,
        new Position.Learned(),
        new Norm.LayerNorm(1e-5),
        Attention.multiHead(384, 6, true),
        new FeedForward.Gelu(1536, true, false));
  }

  /** A small LLaMA: rotary positions, RMSNorm, grouped queries, SwiGLU. */
  private static ModelConfig llama() {
    return model(
        4096,
        4,
        256,
        new Position.Rotary(10_000),
        new Norm.RmsNorm(1e-5),
        Attention.grouped(256, 4, 2, false),
        new FeedForward.SwiGlu(768, false));
  }

  private static ModelConfig model(
      int vocabulary,
      int layers,
      int width,
      Position position,
      Norm norm,
      Attention attention,
      FeedForward feedForward) {
    return new ModelConfig(
        vocabulary,
        256,
        layers,
        width,
        position,
        norm,
        attention,
        feedForward,
        true,
        0.02,
        SpecialIds.NONE,
        WeightType.FLOAT32);
  }

  private static BenchmarkRow measure(Case each, Rounds rounds) {
    Libtorch.start(each.threads());
    try (Parameters parameters =
            Parameters.initialise(each.model(), 1, each.computeType(), Device.cpu());
        Decoder decoder = new Decoder(each.model(), parameters);
        AdamW adamW = new AdamW(parameters, AdamW.Settings.LLAMA);
        TrainingStep step = new TrainingStep(decoder, adamW, 1.0)) {
      TokenBatch batch = batch(each);
      Optional<TrainPeer> peer = TrainPeer.start(each.setup());
      try {
        peer.ifPresent(p -> requireSameModel(p, each));
        System.err.println(each.title());
        Turns turns =
            Turns.measure(
                rounds,
                () -> seconds(step, batch),
                () -> peer.map(TrainPeer::step).orElse(Double.NaN));
        return row(each, peer, turns);
      } finally {
        peer.ifPresent(TrainPeer::close);
      }
    }
  }

  private static void requireSameModel(TrainPeer peer, Case each) {
    if (peer.parameters() != each.model().parameterCount()) {
      throw new WroughtException(
          ErrorCode.INTERNAL_ERROR,
          "the peer's model has %,d parameters, ours %,d"
              .formatted(peer.parameters(), each.model().parameterCount()));
    }
  }

  private static TokenBatch batch(Case each) {
    SplittableRandom random = new SplittableRandom(1);
    int vocabulary = each.model().vocabularySize();
    return TokenBatch.of(
        each.sequences(),
        each.model().contextLength(),
        random.ints(each.tokens(), 0, vocabulary).toArray(),
        random.ints(each.tokens(), 0, vocabulary).toArray());
  }

  private static double seconds(TrainingStep step, TokenBatch batch) {
    long start = System.nanoTime();
    step.accumulate(batch);
    step.apply(3e-4);
    return (System.nanoTime() - start) / 1e9;
  }

  private static BenchmarkRow row(Case each, Optional<TrainPeer> peer, Turns turns) {
    return new BenchmarkRow(
        each.title(),
        "tokens/s",
        each.tokens() / turns.ours(),
        peer.map(
            p -> new BenchmarkRow.Peer(p.name(), each.tokens() / turns.peers(), turns.ratio())),
        OptionalDouble.of(
            peer.filter(p -> p.name().startsWith("PyTorch 1.")).isPresent() ? 1.7 : 1.0),
        OptionalDouble.of(
            each.threads()
                * peakFlops(each.computeType())
                / each.model().flopsPerToken(each.model().contextLength())));
  }

  /** The best rate of one thread at a large product. */
  private static double peakFlops(ScalarType type) {
    Libtorch.singleThreaded();
    double best = 0;
    try (GradMode mode = GradMode.off();
        TensorScope scope = TensorScope.open()) {
      NDArray a = Tensors.full(new Shape(PEAK_SIZE, PEAK_SIZE), 1, type, Device.cpu());
      for (int i = 0; i < 20; i++) {
        long start = System.nanoTime();
        Arithmetic.product(a, a).close();
        best = Math.max(best, 2.0 * Math.pow(PEAK_SIZE, 3) / (System.nanoTime() - start) * 1e9);
      }
    }
    return best;
  }
}
