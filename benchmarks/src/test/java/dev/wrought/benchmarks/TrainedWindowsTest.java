package dev.wrought.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wrought.core.checkpoint.TrainerState;
import dev.wrought.core.checkpoint.TrainerState.WeightedDataset;
import dev.wrought.core.dataset.ShardWriter;
import dev.wrought.core.dataset.TokenShards;
import dev.wrought.eval.benchmark.TrainedWindows;
import dev.wrought.trainer.loader.Batch;
import dev.wrought.trainer.loader.DataSource;
import dev.wrought.trainer.loader.MicroBatch;
import dev.wrought.trainer.loader.Packing;
import dev.wrought.trainer.loader.TrainingData;
import dev.wrought.trainer.loader.WeightedObjective;
import dev.wrought.trainer.objective.Sequence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What eval-svc takes a model's training tokens to be is what trainer-svc gave it. */
class TrainedWindowsTest {
  private static final int CONTEXT = 4;
  private static final int WINDOWS = 10;
  private static final long SEED = 5;

  @TempDir Path folder;
  private Path split = Path.of("");

  /** A split whose token at place i is i: ten windows, and two tokens that no window has. */
  @BeforeEach
  void writeSplit() throws IOException {
    split = folder.resolve("train");
    try (ShardWriter writer = ShardWriter.create(split, 1000)) {
      writer.add(IntStream.range(0, WINDOWS * CONTEXT + 3).toArray());
      writer.finish();
    }
  }

  @Test
  void windows_lessThanAnEpoch_areThoseOfTheSteps() throws IOException {
    assertSameTokens(3, 2, 1, 6);
  }

  @Test
  void windows_severalOfABatch_areThoseOfTheSteps() throws IOException {
    assertSameTokens(1, 7, 3, 7);
    assertSameTokens(2, 4, 4, 8);
  }

  @Test
  void windows_exactlyAnEpoch_areAllOfThem() throws IOException {
    assertSameTokens(5, 2, 2, WINDOWS);
  }

  @Test
  void windows_moreThanAnEpoch_areEachOfThemOnce() throws IOException {
    assertSameTokens(11, 1, 1, WINDOWS);
    assertSameTokens(6, 4, 3, WINDOWS);
  }

  /**
   * @param sequences of a step
   * @param windows that so many steps read, each counted once
   */
  private void assertSameTokens(int steps, int sequences, int microBatchSequences, int windows)
      throws IOException {
    try (TokenShards shards = TokenShards.open(split)) {
      TrainingData data =
          new TrainingData(
              List.of(new DataSource("tiny", shards, 1)),
              List.of(new WeightedObjective((raw, random) -> Sequence.causal(raw), 1)),
              SEED,
              new Packing(CONTEXT, OptionalInt.empty()));
      List<List<Integer>> trained = new ArrayList<>();
      long tokens = 0;
      for (int step = 0; step < steps; step++) {
        Batch batch = data.batch((long) step * sequences, sequences, microBatchSequences);
        batch.microBatches().forEach(each -> trained.addAll(rows(each)));
        tokens += batch.tokens();
      }
      TrainedWindows read = TrainedWindows.of(state(steps, trained.size(), tokens), shards);
      List<List<Integer>> fitted = new ArrayList<>();
      read.forEach(window -> fitted.add(Arrays.stream(window).boxed().toList()));

      assertEquals(windows, fitted.size());
      assertEquals(trained.stream().distinct().toList(), fitted);
      assertEquals((long) windows * CONTEXT, read.tokens());
    }
  }

  /** The tokens of each sequence: its inputs and the last target. */
  private static List<List<Integer>> rows(MicroBatch batch) {
    List<List<Integer>> rows = new ArrayList<>();
    for (int row = 0; row < batch.sequences(); row++) {
      int[] tokens = Arrays.copyOfRange(batch.inputs(), row * CONTEXT, (row + 1) * CONTEXT + 1);
      tokens[CONTEXT] = batch.targets()[(row + 1) * CONTEXT - 1];
      rows.add(Arrays.stream(tokens).boxed().toList());
    }
    return rows;
  }

  private static TrainerState state(int step, long samples, long tokens) {
    return new TrainerState(
        "uid",
        "run",
        1,
        step,
        step,
        samples,
        tokens,
        SEED,
        samples,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        1e-3,
        "0".repeat(64),
        List.of(new WeightedDataset("tiny", 1)),
        1,
        "none",
        true,
        1);
  }
}
