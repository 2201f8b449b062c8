package dev.wrought.trainer.grpc;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.proto.trainer.v1.Run;
import dev.wrought.proto.trainer.v1.RunState;
import dev.wrought.trainer.backend.PodReference;
import dev.wrought.trainer.plan.ModelFacts;
import dev.wrought.trainer.plan.Plan;
import dev.wrought.trainer.run.RunProgress;
import dev.wrought.trainer.run.RunRecord;
import dev.wrought.trainer.run.RunStatus;
import dev.wrought.trainer.run.RunView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs and plans as messages. */
final class Replies {
  private Replies() {}

  /** What a recipe would come to. */
  static Run plan(Plan plan) {
    Run.Builder run =
        Run.newBuilder()
            .setName(plan.recipe().name())
            .setRecipe(plan.recipe().toYaml())
            .addAllWarnings(plan.warnings());
    facts(run, plan.facts());
    return run.setTotalTokens(plan.facts().plannedSteps() * plan.facts().tokensPerStep()).build();
  }

  /** A run, with its recipe. */
  static Run full(RunView view) {
    return brief(view).toBuilder().setRecipe(recipe(view.directory().recipe())).build();
  }

  /** A run, without its recipe. */
  static Run brief(RunView view) {
    RunRecord record = view.record();
    Run.Builder run =
        Run.newBuilder()
            .setUid(record.uid())
            .setName(record.name())
            .setCreated(record.created().toString())
            .setDirectory(view.directory().path().toString())
            .addAllWarnings(record.warnings());
    facts(run, record.facts());
    status(run, record.status());
    progress(run, record);
    return run.build();
  }

  private static void facts(Run.Builder run, ModelFacts facts) {
    run.setParameters(facts.parameters())
        .setFlopsPerToken(facts.flopsPerToken())
        .setEstimatedMemoryBytes(facts.memoryBytes())
        .setEstimatedCheckpointBytes(facts.checkpointBytes())
        .setPlannedSteps(facts.plannedSteps());
  }

  private static void status(Run.Builder run, RunStatus status) {
    run.setState(RunState.valueOf("RUN_STATE_" + status.state().label()))
        .setReason(status.reason())
        .setMessage(status.message())
        .setEpoch(status.epoch())
        .setRestarts(status.restarts())
        .setUpdated(status.since().toString());
    if (status.isLive()) {
      status.pod().map(PodReference::pid).ifPresent(run::setWorkerPid);
    }
  }

  private static void progress(Run.Builder run, RunRecord record) {
    RunProgress.Pace pace = record.progress().pace();
    run.setStep(pace.step())
        .setTotalTokens(pace.totalTokens())
        .setTokensPerSecond(pace.tokensPerSecond());
    if (pace.plannedSteps() > 0) {
      run.setPlannedSteps(pace.plannedSteps());
    }
    if (record.status().isLive()) {
      pace.remainingSeconds().ifPresent(run::setRemainingSeconds);
    }
    RunProgress.Losses losses = record.progress().losses();
    losses.loss().ifPresent(run::setLoss);
    losses.first().ifPresent(run::setFirstLoss);
    losses.validation().ifPresent(run::setValidationLoss);
    RunProgress.Saved saved = record.progress().saved();
    run.setCheckpoint(saved.path())
        .setCheckpointDigest(saved.digest())
        .setCheckpointStep(saved.step());
  }

  private static String recipe(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new WroughtException(
          ErrorCode.STORAGE, "cannot read %s: %s".formatted(file, failure), failure);
    }
  }
}
