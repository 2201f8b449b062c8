package dev.wrought.eval.store;

import dev.wrought.core.event.CloudEvent;
import dev.wrought.core.event.EventIds;
import dev.wrought.core.event.EventType;
import dev.wrought.edge.kafka.EventJson;
import dev.wrought.proto.events.v1.CheckpointPublished;
import dev.wrought.proto.events.v1.LifecycleChanged;
import dev.wrought.proto.events.v1.RunRef;
import dev.wrought.proto.events.v1.TrainingStep;
import dev.wrought.proto.events.v1.ValidationResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Events as a trainer sends them, of a run whose loss falls. */
public record TestEvents(String runUid, String run) {
  public static final Instant START = Instant.parse("2026-01-02T03:00:00Z");
  public static final int PLANNED_STEPS = 400;
  private static final double STEP_TOKENS = 4_096;

  public RunRef ref(int epoch) {
    return RunRef.newBuilder().setRunUid(runUid).setRun(run).setEpoch(epoch).build();
  }

  public TrainingStep step(int epoch, int step) {
    return TrainingStep.newBuilder()
        .setRun(ref(epoch))
        .setStep(step)
        .setLoss(loss(step))
        .setLearningRate(
            1e-3
                * Math.min(1, step / 20.0)
                * (0.55 + 0.45 * Math.cos(Math.PI * step / PLANNED_STEPS)))
        .setGradientNorm(1.2 / Math.sqrt(step) + 0.25 + 0.1 * noise(step, 2))
        .setStepTokens(STEP_TOKENS)
        .setTotalTokens(STEP_TOKENS * step)
        .setTokensPerSecond(20_000 + 800 * noise(step, 3))
        .setMfu(0.4 + 0.02 * noise(step, 4))
        .setPlannedSteps(PLANNED_STEPS)
        .build();
  }

  public ValidationResult validation(int epoch, int step) {
    double tokens = 10_000;
    return ValidationResult.newBuilder()
        .setRun(ref(epoch))
        .setStep(step)
        .setDataset("corpus@d1")
        .setNats((3 + 6 * Math.exp(-step / 60.0) + 0.06) * tokens)
        .setTokens(tokens)
        .setBytes(tokens * 3.5)
        .setTotalTokens(STEP_TOKENS * step)
        .build();
  }

  public CheckpointPublished checkpoint(int epoch, int step) {
    return CheckpointPublished.newBuilder()
        .setRun(ref(epoch))
        .setStep(step)
        .setDigest("d" + step)
        .setLocation("/runs/" + runUid + "/checkpoints/" + step)
        .build();
  }

  public LifecycleChanged lifecycle(int epoch, int change, String state, int step) {
    return LifecycleChanged.newBuilder()
        .setRun(ref(epoch))
        .setState(state)
        .setReason(state.equals("RUNNING") ? "WorkerStarted" : "Completed")
        .setStep(step)
        .setChange(change)
        .setParameters(13_900_000)
        .setRecipe(change == 1 ? "name: " + run + "\n" : "")
        .build();
  }

  /** A run that was killed after step 60, went on from 40 and ended at 100. */
  public List<CloudEvent> interruptedRun() {
    List<CloudEvent> events = new ArrayList<>();
    events.add(event(lifecycle(1, 1, "RUNNING", 0)));
    for (int step = 1; step <= 60; step++) {
      addStep(events, 1, step);
    }
    events.add(event(lifecycle(2, 1, "RUNNING", 40)));
    for (int step = 41; step <= 100; step++) {
      addStep(events, 2, step);
    }
    events.add(event(lifecycle(2, 2, "SUCCEEDED", 100)));
    return events;
  }

  private void addStep(List<CloudEvent> events, int epoch, int step) {
    events.add(event(step(epoch, step)));
    if (step % 10 == 0) {
      events.add(event(validation(epoch, step)));
    }
    if (step % 20 == 0) {
      events.add(event(checkpoint(epoch, step)));
    }
  }

  public CloudEvent event(TrainingStep step) {
    return event(EventType.STEP, step.getRun(), step.getStep(), "", EventJson.write(step));
  }

  public CloudEvent event(ValidationResult result) {
    return event(
        EventType.VALIDATION,
        result.getRun(),
        result.getStep(),
        result.getDataset(),
        EventJson.write(result));
  }

  public CloudEvent event(CheckpointPublished checkpoint) {
    return event(
        EventType.CHECKPOINT,
        checkpoint.getRun(),
        checkpoint.getStep(),
        "",
        EventJson.write(checkpoint));
  }

  public CloudEvent event(LifecycleChanged change) {
    return event(
        EventType.LIFECYCLE,
        change.getRun(),
        change.getStep(),
        "" + change.getChange(),
        EventJson.write(change));
  }

  private CloudEvent event(EventType type, RunRef ref, int step, String subject, String body) {
    return new CloudEvent(
        EventIds.of(runUid, ref.getEpoch(), step, type, subject),
        CloudEvent.sourceOf(runUid),
        type.type(),
        START.plusMillis(200L * step + 5_000L * ref.getEpoch()),
        run,
        run,
        type.topic(),
        body);
  }

  private static double loss(int step) {
    return 3 + 6 * Math.exp(-step / 60.0) + 0.08 * noise(step, 1);
  }

  /** Looks random, is always the same: -1 to 1. */
  private static double noise(int step, int what) {
    return Math.sin(step * 12.9898 + what * 78.233) * 43_758.5453 % 1;
  }
}
