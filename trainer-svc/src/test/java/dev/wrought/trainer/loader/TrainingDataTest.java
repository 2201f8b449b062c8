package dev.wrought.trainer.loader;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.dataset.ShardWriter;
import dev.wrought.core.dataset.TokenShards;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.trainer.loader.Batch.Origin;
import dev.wrought.trainer.objective.Objective;
import dev.wrought.trainer.objective.Sequence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainingDataTest {
  private static final int CONTEXT = 4;
  private static final Objective CAUSAL = (raw, random) -> Sequence.causal(raw);
  @TempDir Path folder;
  private final List<TokenShards> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(TokenShards::close);
  }

  /** A split whose token at place i is i. */
  private DataSource source(String name, int tokens, double weight) throws IOException {
    Path prefix = folder.resolve(name);
    try (ShardWriter writer = ShardWriter.create(prefix, 70_000)) {
      writer.add(IntStream.range(0, tokens).toArray());
      writer.finish();
    }
    TokenShards shards = TokenShards.open(prefix);
    opened.add(shards);
    return new DataSource(name, shards, weight);
  }

  private static TrainingData data(long seed, DataSource... sources) {
    return new TrainingData(
        List.of(sources),
        List.of(new WeightedObjective(CAUSAL, 1)),
        seed,
        new Packing(CONTEXT, OptionalInt.empty()));
  }

  /** The first inputs of samples {@code from} to before {@code to}: they tell the windows. */
  private static List<Integer> firsts(TrainingData data, long from, int to) {
    return data.batch(from, to, 3).microBatches().stream()
        .flatMapToInt(batch ->
            IntStream.range(0, batch.sequences()).map(row -> batch.inputs()[row * CONTEXT]))
        .boxed()
        .toList();
  }

  @Test
  void batch_window_isInputsAndTheirSuccessors() throws IOException {
    Batch batch = data(1, source("a", 41, 1)).batch(0, 2, 2);
    MicroBatch micro = batch.microBatches().getFirst();
    for (int row = 0; row < 2; row++) {
      int first = micro.inputs()[row * CONTEXT];
      assertEquals(batch.origins().get(row).window() * CONTEXT, first);
      for (int i = 0; i < CONTEXT; i++) {
        assertEquals(first + i, micro.inputs()[row * CONTEXT + i]);
        assertEquals(first + i + 1, micro.targets()[row * CONTEXT + i]);
      }
    }
  }

  @Test
  void order_ofASample_dependsOnSeedAndPositionOnly() throws IOException {
    DataSource source = source("a", 401, 1);
    List<Integer> whole = firsts(data(5, source), 0, 40);
    for (int from : new int[] {0, 1, 7, 39}) {
      assertEquals(
          whole.subList(from, 40), firsts(data(5, source), from, 40 - from), "from " + from);
    }
    assertNotEquals(whole, firsts(data(6, source), 0, 40));
  }

  /** FAULTS R8: 10 windows an epoch, entered exactly at its end. */
  @Test
  void order_acrossEpochs_eachWindowOnceAnEpoch() throws IOException {
    DataSource source = source("a", 41, 1);
    Set<Integer> all =
        IntStream.range(0, 10).mapToObj(i -> i * CONTEXT).collect(Collectors.toSet());
    List<Integer> first = firsts(data(5, source), 0, 10);
    List<Integer> second = firsts(data(5, source), 10, 10);
    assertEquals(all, Set.copyOf(first));
    assertEquals(all, Set.copyOf(second));
    assertNotEquals(first, second, "each epoch has an order of its own");
    List<Integer> across = firsts(data(5, source), 7, 6);
    assertEquals(first.subList(7, 10), across.subList(0, 3));
    assertEquals(second.subList(0, 3), across.subList(3, 6));
  }

  @Test
  void mixture_ofSources_hasTheirSharesAtAnyTime() throws IOException {
    TrainingData data = data(1, source("a", 401, 3), source("b", 401, 1));
    long fromA = LongStream.range(0, 400).filter(k -> data.origin(k).dataset().equals("a")).count();
    assertEquals(300, fromA);
    assertEquals(
        100,
        LongStream.range(0, 400)
            .mapToObj(data::origin)
            .filter(origin -> origin.dataset().equals("b"))
            .map(Origin::window)
            .distinct()
            .count(),
        "a source's samples are its windows in its own order");
  }

  @Test
  void mixtures_ofSourcesAndObjectives_doNotGoInStep() throws IOException {
    Objective marked = (raw, random) -> new Sequence(new int[CONTEXT], new int[CONTEXT]);
    TrainingData data =
        new TrainingData(
            List.of(source("a", 401, 1), source("b", 401, 1)),
            List.of(new WeightedObjective(CAUSAL, 1), new WeightedObjective(marked, 1)),
            1,
            new Packing(CONTEXT, OptionalInt.empty()));
    Map<String, Integer> counts = new HashMap<>();
    Batch batch = data.batch(0, 80, 1);
    for (int k = 0; k < 80; k++) {
      boolean isMarked = Arrays.stream(batch.microBatches().get(k).targets()).allMatch(t -> t == 0);
      counts.merge(batch.origins().get(k).dataset() + isMarked, 1, Integer::sum);
    }
    assertEquals(Map.of("atrue", 20, "afalse", 20, "btrue", 20, "bfalse", 20), counts);
  }

  @Test
  void batch_portions_doNotChangeWhatIsRead() throws IOException {
    TrainingData data = data(1, source("a", 401, 1));
    Batch whole = data.batch(5, 6, 6);
    Batch portions = data.batch(5, 6, 4);
    assertEquals(2, portions.microBatches().size());
    assertEquals(whole.origins(), portions.origins());
    assertEquals(24, portions.tokens());
    assertArrayEquals(
        whole.microBatches().getFirst().inputs(),
        portions.microBatches().stream()
            .flatMapToInt(batch -> Arrays.stream(batch.inputs()))
            .toArray());
  }

  @Test
  void packing_withinDocuments_numbersThemFromEachSequencesStart() {
    int end = 9;
    MicroBatch batch =
        MicroBatch.of(
            List.of(
                Sequence.causal(new int[] {1, 2, 9, 3, 4}),
                Sequence.causal(new int[] {9, 9, 5, 6, 7})),
            OptionalInt.of(end));
    assertArrayEquals(new int[] {0, 0, 0, 1, 0, 1, 2, 2}, batch.documents().orElseThrow());
    assertTrue(
        MicroBatch.of(List.of(Sequence.causal(new int[] {1, 2, 3, 4, 9})), OptionalInt.of(end))
            .documents()
            .isEmpty(),
        "one document needs no mask");
    assertTrue(
        MicroBatch.of(List.of(Sequence.causal(new int[] {1, 9, 3, 4, 9})), OptionalInt.empty())
            .documents()
            .isEmpty(),
        "crossDocumentAttention");
  }

  @Test
  void data_shorterThanASequence_isRefusedWithBothNumbers() throws IOException {
    DataSource tiny = source("tiny", 4, 1);
    WroughtException refused = assertThrows(WroughtException.class, () -> data(1, tiny));
    assertEquals(ErrorCode.INVALID_DATA, refused.code());
    assertTrue(String.valueOf(refused.getMessage()).contains("4 training tokens"));
    assertTrue(String.valueOf(refused.getMessage()).contains("needs 5"));
  }

  @Test
  void loader_readAhead_givesBatchesInOrder() throws Exception {
    TrainingData data = data(1, source("a", 401, 1));
    try (BatchLoader loader = new BatchLoader(data, 8, 4, 2)) {
      for (long sample = 8; sample < 80; sample += 4) {
        assertEquals(data.batch(sample, 4, 2).origins(), loader.next().origins());
      }
    }
  }

  @Test
  void loader_objectiveFails_failsTheStepThatNeedsIt() throws Exception {
    TrainingData data =
        new TrainingData(
            List.of(source("a", 401, 1)),
            List.of(
                new WeightedObjective(
                    (raw, random) -> {
                      throw new IllegalStateException("a plugin's defect");
                    },
                    1)),
            1,
            new Packing(CONTEXT, OptionalInt.empty()));
    try (BatchLoader loader = new BatchLoader(data, 0, 4, 2)) {
      WroughtException failure = assertThrows(WroughtException.class, loader::next);
      assertTrue(String.valueOf(failure.getMessage()).contains("a plugin's defect"));
    }
  }
}
