package dev.wrought.trainer.run;

import dev.wrought.proto.events.v1.LifecycleChanged;
import dev.wrought.proto.events.v1.RunRef;
import dev.wrought.trainer.plan.ModelFacts;
import java.time.Instant;
import java.util.List;

/**
 * What {@code run.json} holds of a run. Immutable; the truth is the newest one on the disk.
 *
 * @param name unique among live runs
 * @param restartBudget how many lost workers are replaced
 * @param warnings about the recipe
 */
public record RunRecord(
    String uid,
    String name,
    Instant created,
    ModelFacts facts,
    int restartBudget,
    List<String> warnings,
    RunStatus status,
    RunProgress progress) {
  public RunRecord {
    warnings = List.copyOf(warnings);
  }

  RunRecord with(RunStatus newer) {
    return new RunRecord(uid, name, created, facts, restartBudget, warnings, newer, progress);
  }

  RunRecord with(RunProgress newer) {
    return new RunRecord(uid, name, created, facts, restartBudget, warnings, status, newer);
  }

  /** How the present state is told to others. */
  LifecycleChanged.Builder toEvent() {
    return LifecycleChanged.newBuilder()
        .setRun(RunRef.newBuilder().setRunUid(uid).setRun(name).setEpoch(status.epoch()))
        .setState(status.state().label())
        .setReason(status.reason())
        .setMessage(status.message())
        .setStep(progress.pace().step())
        .setParameters(facts.parameters())
        .setChange(status.changes());
  }
}
