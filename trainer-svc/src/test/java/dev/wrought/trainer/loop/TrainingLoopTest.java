package dev.wrought.trainer.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.dataset.ShardWriter;
import dev.wrought.core.dataset.TokenShards;
import dev.wrought.core.recipe.RecipeReader;
import dev.wrought.core.recipe.RecipeSpec;
import dev.wrought.trainer.loader.DataSource;
import dev.wrought.trainer.loader.HeldOutData;
import dev.wrought.trainer.loader.MicroBatch;
import dev.wrought.trainer.loader.Packing;
import dev.wrought.trainer.loader.TrainingData;
import dev.wrought.trainer.loader.WeightedObjective;
import dev.wrought.trainer.objective.Sequence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the loop does and in which order, with a trainee that computes nothing. */
final class TrainingLoopTest {
  private static final int CONTEXT = 4;
  @TempDir Path folder;
  private final List<String> diary = new ArrayList<>();
  private final StopSignal stop = new StopSignal();
  private TokenShards shards;
  private int nanAtStep = -1;
  private int stopAtStep = -1;
  private long nanos;

  @BeforeEach
  void makeData() throws IOException {
    Path prefix = folder.resolve("data");
    try (ShardWriter writer = ShardWriter.create(prefix, 1000)) {
      writer.add(IntStream.range(0, 401).toArray());
      writer.finish();
    }
    shards = TokenShards.open(prefix);
  }

  @AfterEach
  void close() {
    shards.close();
  }

  /** Notes what it is asked for; a step takes a second. */
  private final class Diarist implements Trainee, TrainingLog, CheckpointKeeper {
    private int lessons;

    @Override
    public Lesson learn(List<MicroBatch> batch, double learningRate) {
      lessons++;
      nanos += 1_000_000_000;
      if (lessons == stopAtStep) {
        stop.request();
      }
      return new Lesson(lessons == nanAtStep ? Double.NaN : 5.0 / lessons, 1);
    }

    @Override
    public double nats(MicroBatch batch) {
      return 2.0 * batch.countedTargets();
    }

    @Override
    public void stepped(StepReport report) {
      diary.add("step " + report.step() + "@" + report.firstSample());
      assertEquals(report.tokens(), report.tokensPerSecond(), 1e-9);
    }

    @Override
    public void validated(HeldOutLoss report) {
      diary.add("held-out " + report.loss() + " of " + report.dataset());
    }

    @Override
    public void save(Progress progress, OptionalInt plannedSteps) {
      diary.add("save " + progress.step() + " of " + plannedSteps.orElse(0));
    }
  }

  private static RecipeSpec recipe(String nonFinite) {
    return RecipeReader.read(
            """
            apiVersion: wrought.dev/v1alpha1
            kind: TrainingRun
            metadata: {name: loop}
            spec:
              model: {preset: llama, layers: 1, width: 8, heads: 1, contextLength: 4}
              tokenizer: t
              data: {mixture: [{dataset: d}]}
              batch: {tokens: 8, microBatchSequences: 1}
              duration: {steps: 5}
              validation: {everySteps: 3, tokens: 8}
              checkpoint: {everySteps: 2}
              guard: {nonFinite: %s}
            """
                .formatted(nonFinite),
            "test")
        .spec();
  }

  private Ending run(String nonFinite, Progress from) throws InterruptedException {
    Diarist diarist = new Diarist();
    MicroBatch heldOut =
        new MicroBatch(1, CONTEXT, new int[CONTEXT], new int[CONTEXT], Optional.empty());
    TrainingSetup setup =
        new TrainingSetup(
            recipe(nonFinite),
            diarist,
            new TrainingData(
                List.of(new DataSource("d", shards, 1)),
                List.of(new WeightedObjective((raw, random) -> Sequence.causal(raw), 1)),
                1,
                new Packing(CONTEXT, OptionalInt.empty())),
            List.of(
                new HeldOutData("d", List.of(heldOut), 9),
                new HeldOutData("e", List.of(heldOut, heldOut), 5)),
            (step, planned) -> 1,
            1e-3,
            2,
            diarist,
            diarist);
    return new TrainingLoop(setup, StepPlan.fixed(5), from, stop, () -> nanos).run();
  }

  @Test
  void run_toItsEnd_measuresAndSavesWhenDueAndAtTheEnd() throws InterruptedException {
    assertInstanceOf(Ending.Completed.class, run("stop", Progress.NONE));
    assertEquals(
        List.of(
            "step 1@0",
            "step 2@2",
            "save 2 of 5",
            "step 3@4",
            "held-out 2.0 of d and 1 more",
            "step 4@6",
            "save 4 of 5",
            "step 5@8",
            "held-out 2.0 of d and 1 more",
            "save 5 of 5"),
        diary);
  }

  @Test
  void run_stopAsked_endsAfterTheStepWithACheckpoint() throws InterruptedException {
    stopAtStep = 3;
    assertEquals(new Ending.Stopped(3), run("stop", Progress.NONE));
    assertEquals("save 3 of 5", diary.getLast());
    assertTrue(diary.contains("step 3@4") && !diary.contains("step 4@6"));
  }

  @Test
  void run_stopAskedRightAfterACheckpoint_savesNothingTwice() throws InterruptedException {
    stopAtStep = 2;
    assertEquals(new Ending.Stopped(2), run("stop", Progress.NONE));
    assertEquals(List.of("step 1@0", "step 2@2", "save 2 of 5"), diary);
  }

  @Test
  void run_stopAskedBeforeTheFirstStep_hasNothingToSave() throws InterruptedException {
    stop.request();
    assertEquals(new Ending.Stopped(0), run("stop", Progress.NONE));
    assertEquals(List.of(), diary);
  }

  /** FAULTS R3: the last checkpoint is the one before. */
  @Test
  void run_lossIsNotFinite_endsWithoutSaving() throws InterruptedException {
    nanAtStep = 3;
    Ending.NonFinite ending = assertInstanceOf(Ending.NonFinite.class, run("stop", Progress.NONE));
    assertTrue(ending.message().contains("samples 4 to 5"), ending.message());
    assertEquals("step 3@4", diary.getLast());
  }

  @Test
  void run_lossIsNotFiniteAndSkipped_goesOn() throws InterruptedException {
    nanAtStep = 3;
    assertInstanceOf(Ending.Completed.class, run("skip", Progress.NONE));
    assertEquals("save 5 of 5", diary.getLast());
  }

  @Test
  void run_resumed_readsOnWhereItWas() throws InterruptedException {
    Progress at4 =
        new Progress(
            4,
            8,
            32,
            java.util.OptionalDouble.of(5),
            java.util.OptionalDouble.of(4),
            java.util.OptionalDouble.empty(),
            1e-3,
            4);
    assertInstanceOf(Ending.Completed.class, run("stop", at4));
    assertEquals(List.of("step 5@8", "held-out 2.0 of d and 1 more", "save 5 of 5"), diary);
  }
}
