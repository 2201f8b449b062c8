package dev.wrought.benchmarks;

import dev.wrought.core.model.Attention;
import dev.wrought.core.model.FeedForward;
import dev.wrought.core.model.ModelConfig;
import dev.wrought.core.model.Norm;
import dev.wrought.core.model.Position;
import dev.wrought.core.model.SpecialIds;
import dev.wrought.core.model.WeightType;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * Tokens a second that a client of serving-svc reads from its stream, by turns with the model's own
 * step, called directly. The goal is the ratio at which serving adds two milliseconds to a token;
 * above it, it adds less. Each round starts both from the same prompt.
 */
final class GenerateBenchmark implements Benchmark {
  private static final double ADDED_SECONDS = 2e-3;

  /** A prompt and a text of so many tokens; together they fit in the context. */
  private static final int PROMPT = 16;

  private static final int TOKENS = 200;

  @Override
  public int defaultRounds() {
    return 10;
  }

  @Override
  public void run(Rounds rounds, Consumer<BenchmarkRow> rows) {
    try (TemporaryFolder folder = TemporaryFolder.make()) {
      Path checkpoint = ServedSample.publish(folder.path().resolve("checkpoints"), llama());
      try (OwnStep own = OwnStep.load(checkpoint);
          ServingProcess serving = ServingProcess.start(folder.path())) {
        int[] prompt = new int[PROMPT];
        rows.accept(
            row(
                Turns.measure(
                    rounds,
                    () -> serving.secondsPerToken(checkpoint, prompt, TOKENS),
                    () -> own.secondsPerToken(prompt, TOKENS))));
      }
    }
  }

  private static ModelConfig llama() {
    return new ModelConfig(
        8192,
        256,
        6,
        384,
        new Position.Rotary(10_000),
        new Norm.RmsNorm(1e-5),
        Attention.grouped(384, 6, 6, false),
        new FeedForward.SwiGlu(1024, false),
        true,
        0.02,
        SpecialIds.NONE,
        WeightType.FLOAT32);
  }

  private static BenchmarkRow row(Turns turns) {
    double own = turns.peers();
    return new BenchmarkRow(
        "llama-13.8m, f32, decode over gRPC",
        "tokens/s",
        1 / turns.ours(),
        Optional.of(new BenchmarkRow.Peer("the model's own step", 1 / own, turns.ratio())),
        OptionalDouble.of(own / (own + ADDED_SECONDS)),
        OptionalDouble.empty());
  }
}
