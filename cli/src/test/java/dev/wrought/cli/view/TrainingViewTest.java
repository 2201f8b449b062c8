package dev.wrought.cli.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.cli.terminal.Screen;
import dev.wrought.core.error.ExitCode;
import dev.wrought.proto.events.v1.CheckpointPublished;
import dev.wrought.proto.events.v1.LifecycleChanged;
import dev.wrought.proto.events.v1.TrainingStep;
import dev.wrought.proto.events.v1.ValidationResult;
import dev.wrought.proto.tokenizer.v1.BuildResumed;
import dev.wrought.proto.tokenizer.v1.DatasetInfo;
import dev.wrought.proto.trainer.v1.Run;
import dev.wrought.proto.trainer.v1.RunEvent;
import dev.wrought.proto.trainer.v1.RunState;
import org.junit.jupiter.api.Test;

class TrainingViewTest {
  private static final TrainingStep STEP =
      TrainingStep.newBuilder()
          .setStep(100)
          .setPlannedSteps(200)
          .setLoss(4.1234)
          .setLearningRate(6e-4)
          .setGradientNorm(0.456)
          .setStepTokens(1000)
          .setTokensPerSecond(10_000)
          .setMfu(0.345)
          .setDataWait(0.001)
          .build();

  private static String shown(Screen screen, RunEvent.Builder... events) {
    try (TrainingView view = new TrainingView(screen.terminal(), "demo")) {
      for (RunEvent.Builder event : events) {
        view.show(event.build());
      }
    }
    return screen.err();
  }

  private static RunEvent.Builder step(TrainingStep step) {
    return RunEvent.newBuilder().setStep(step);
  }

  private static RunEvent.Builder checkpoint() {
    return RunEvent.newBuilder()
        .setCheckpoint(CheckpointPublished.newBuilder().setStep(80).setSizeBytes(56e6));
  }

  @Test
  void step_showsEverythingThatIsWatched() {
    assertEquals(
        """
        step 80  checkpoint, 56.0 MB
        demo  50%  ETA 0:10  step 100/200  loss 4.123  lr 6.0e-4  10.0k tok/s  norm 0.46  mfu 34.5%  wait 0.1%  saved at 80
        """,
        shown(Screen.plain(), checkpoint(), step(STEP)));
  }

  @Test
  void step_withoutFiniteLoss_showsADash() {
    String line = shown(Screen.plain(), step(STEP.toBuilder().clearLoss().build()));
    assertTrue(line.contains("loss -"), line);
  }

  @Test
  void step_ofARunWithoutAPlan_hasNoPercentage() {
    String line = shown(Screen.plain(), step(STEP.toBuilder().clearPlannedSteps().build()));
    assertTrue(line.startsWith("demo  step 100  loss"), line);
    assertFalse(line.contains("ETA"), line);
  }

  @Test
  void step_onEightyColumns_fitsWithLossRateAndRemainingTime() {
    String text = shown(Screen.moving(80), step(STEP));
    String line = text.split("\r")[1].replace("\u001b[K", "");
    assertTrue(line.length() < 80, line);
    assertTrue(line.contains("ETA 0:10") && line.contains("tok/s"), line);
  }

  @Test
  void validation_isShownAsLossPerplexityAndBitsPerByte() {
    ValidationResult result =
        ValidationResult.newBuilder()
            .setStep(100)
            .setNats(Math.log(2) * 300)
            .setTokens(100)
            .setBytes(300)
            .build();
    assertEquals(
        "step 100  held-out loss 2.0794, perplexity 8.0, 1.000 bits per byte\n",
        shown(Screen.plain(), RunEvent.newBuilder().setValidation(result)));
    assertEquals(
        "step 0  held-out loss is not finite\n",
        shown(
            Screen.plain(),
            RunEvent.newBuilder().setValidation(ValidationResult.getDefaultInstance())));
  }

  @Test
  void lifecycle_isShownWithItsReason() {
    LifecycleChanged change =
        LifecycleChanged.newBuilder()
            .setState("RUNNING")
            .setReason("Resumed")
            .setMessage("from step 80")
            .build();
    assertEquals(
        "running (Resumed): from step 80\n",
        shown(Screen.plain(), RunEvent.newBuilder().setLifecycle(change)));
  }

  @Test
  void ending_isAnExitCode_byStateAndReason() {
    assertEquals(ExitCode.OK, code(RunState.RUN_STATE_SUCCEEDED, "Completed"));
    assertEquals(ExitCode.STOPPED, code(RunState.RUN_STATE_STOPPED, "StoppedByUser"));
    assertEquals(ExitCode.NON_FINITE, code(RunState.RUN_STATE_FAILED, "NonFiniteLoss"));
    assertEquals(ExitCode.OUT_OF_MEMORY, code(RunState.RUN_STATE_FAILED, "OutOfMemory"));
    assertEquals(ExitCode.FENCED, code(RunState.RUN_STATE_FAILED, "Fenced"));
    assertEquals(ExitCode.INTERNAL, code(RunState.RUN_STATE_FAILED, "Whatever"));
  }

  private static ExitCode code(RunState state, String reason) {
    return RunEnding.code(Run.newBuilder().setState(state).setReason(reason).build());
  }

  @Test
  void summary_ofARun_saysHowFarAndHowWell() {
    Run run =
        Run.newBuilder()
            .setName("demo")
            .setState(RunState.RUN_STATE_SUCCEEDED)
            .setStep(1200)
            .setFirstLoss(9.01)
            .setLoss(2.25)
            .setValidationLoss(2.31)
            .build();
    assertEquals(
        "demo succeeded after 1,200 steps: loss 9.010 to 2.250, held-out 2.310",
        RunEnding.summary(run));
  }

  @Test
  void documentsLeftOut_areCountedByReason() {
    DatasetInfo info =
        DatasetInfo.newBuilder()
            .putDropped("duplicate", 1200)
            .putDropped("binary", 3)
            .putDropped("empty", 0)
            .build();
    assertEquals("3 binary, 1,200 duplicate", CorpusView.leftOut(info.getDroppedMap()));
    assertEquals("", CorpusView.leftOut(DatasetInfo.getDefaultInstance().getDroppedMap()));
  }

  @Test
  void buildThatGoesOn_isToldWithItsShards() {
    assertEquals(
        "goes on from before: 12 shards, 310,455 documents of the corpus",
        CorpusView.resumed(BuildResumed.newBuilder().setShards(12).setDocuments(310_455).build()));
    assertEquals(
        "goes on from before: 1 shard, 1 document of the corpus",
        CorpusView.resumed(BuildResumed.newBuilder().setShards(1).setDocuments(1).build()));
  }
}
