package dev.wrought.eval.live;

import dev.wrought.core.event.CloudEvent;
import dev.wrought.core.event.EventIds;
import dev.wrought.core.event.EventType;
import dev.wrought.edge.kafka.EventJson;
import dev.wrought.proto.events.v1.LifecycleChanged;
import dev.wrought.proto.events.v1.RunRef;
import dev.wrought.proto.events.v1.TrainingStep;
import dev.wrought.proto.events.v1.ValidationResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A run that was never run: its events look like those of a small model that learns, with warm-up,
 * noise that falls, a spike now and then and a machine that breathes. The same seed, the same
 * events.
 *
 * @param plannedSteps how many steps there will be
 * @param validationEvery steps between held-out losses
 * @param floor the loss that it would end at, in nats per token
 * @param begin when the first step ends; a step takes {@link #STEP_MILLIS}
 */
public record Rehearsal(
    String uid,
    String name,
    int plannedSteps,
    int validationEvery,
    double floor,
    Instant begin,
    long seed) {
  public static final long STEP_MILLIS = 210;
  private static final double STEP_TOKENS = 16 * 256;
  private static final double BYTES_PER_TOKEN = 3.42;
  private static final double VALIDATION_TOKENS = 65_536;
  private static final double PEAK_RATE = 1e-3;
  private static final int WARM_UP = 100;
  private static final double START = Math.log(8_192);

  /** The change of state that a run begins with. */
  public CloudEvent started(int epoch) {
    return lifecycle(epoch, 1, "RUNNING", epoch == 1 ? "WorkerStarted" : "Resumed", 0);
  }

  public CloudEvent succeeded(int epoch) {
    return lifecycle(epoch, 2, "SUCCEEDED", "Completed", plannedSteps);
  }

  /** What a step sends: itself, and the held-out loss if it is due. */
  public List<CloudEvent> step(int epoch, int step) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + step);
    List<CloudEvent> events = new ArrayList<>();
    TrainingStep body =
        TrainingStep.newBuilder()
            .setRun(ref(epoch))
            .setStep(step)
            .setLoss(loss(step) + noise(step, random) + spike(step))
            .setLearningRate(learningRate(step))
            .setGradientNorm(
                0.32 + 2.6 / Math.sqrt(step) + 0.11 * Math.abs(gauss(random)) + 3 * spike(step))
            .setStepTokens(STEP_TOKENS)
            .setTotalTokens(STEP_TOKENS * step)
            .setTokensPerSecond(19_500 + 260 * gauss(random) - (step % 97 == 0 ? 5_200 : 0))
            .setMfu(0.41)
            .setDataWait(0.004)
            .setPlannedSteps(plannedSteps)
            .setFirstSample(16.0 * (step - 1))
            .build();
    events.add(event(EventType.STEP, epoch, step, "", EventJson.write(body)));
    if (step % validationEvery == 0 || step == plannedSteps) {
      events.add(validation(epoch, step, random));
    }
    return events;
  }

  /** All events, from the start to success. */
  public List<CloudEvent> all() {
    List<CloudEvent> events = new ArrayList<>(List.of(started(1)));
    for (int step = 1; step <= plannedSteps; step++) {
      events.addAll(step(1, step));
    }
    events.add(succeeded(1));
    return events;
  }

  private CloudEvent validation(int epoch, int step, SplittableRandom random) {
    double loss = loss(step) + 0.05 + 0.02 * step / plannedSteps + 0.004 * gauss(random);
    ValidationResult body =
        ValidationResult.newBuilder()
            .setRun(ref(epoch))
            .setStep(step)
            .setDataset("java-sources@3f9c")
            .setNats(loss * VALIDATION_TOKENS)
            .setTokens(VALIDATION_TOKENS)
            .setBytes(VALIDATION_TOKENS * BYTES_PER_TOKEN)
            .setTotalTokens(STEP_TOKENS * step)
            .build();
    return event(EventType.VALIDATION, epoch, step, body.getDataset(), EventJson.write(body));
  }

  private CloudEvent lifecycle(int epoch, int change, String state, String reason, int step) {
    LifecycleChanged body =
        LifecycleChanged.newBuilder()
            .setRun(ref(epoch))
            .setState(state)
            .setReason(reason)
            .setStep(step)
            .setChange(change)
            .setParameters(13_900_000)
            .build();
    return event(EventType.LIFECYCLE, epoch, step, "" + change, EventJson.write(body));
  }

  /** A fast fall, then a power law (Kaplan et al. 2020). */
  private double loss(int step) {
    return floor + (START - floor) * Math.pow(1 + step / 28.0, -0.52);
  }

  private double noise(int step, SplittableRandom random) {
    return gauss(random) * (0.045 + 0.25 / Math.sqrt(step + 4.0));
  }

  private double spike(int step) {
    int since = step % 743 - 610;
    return step > 300 && since >= 0 && since < 12 ? 0.7 * Math.exp(-since / 3.0) : 0;
  }

  private double learningRate(int step) {
    double cosine = 0.5 * (1 + Math.cos(Math.PI * step / plannedSteps));
    return PEAK_RATE * Math.min(1, step / (double) WARM_UP) * (0.1 + 0.9 * cosine);
  }

  private static double gauss(SplittableRandom random) {
    return random.nextGaussian();
  }

  private RunRef ref(int epoch) {
    return RunRef.newBuilder().setRunUid(uid).setRun(name).setEpoch(epoch).build();
  }

  private CloudEvent event(EventType type, int epoch, int step, String subject, String body) {
    return new CloudEvent(
        EventIds.of(uid, epoch, step, type, subject),
        CloudEvent.sourceOf(uid),
        type.type(),
        begin.plusMillis(STEP_MILLIS * step),
        name,
        name,
        type.topic(),
        body);
  }
}
