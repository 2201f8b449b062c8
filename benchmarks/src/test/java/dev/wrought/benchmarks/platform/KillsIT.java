package dev.wrought.benchmarks.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.wrought.cli.local.Part;
import dev.wrought.core.checkpoint.Checkpoint;
import dev.wrought.core.checkpoint.Manifest;
import dev.wrought.core.event.CloudEvent;
import dev.wrought.core.event.EventIds;
import dev.wrought.core.event.EventType;
import dev.wrought.core.event.Topics;
import dev.wrought.proto.evaluation.v1.Curve;
import dev.wrought.proto.evaluation.v1.GetCurveRequest;
import dev.wrought.proto.evaluation.v1.ListRunSummariesRequest;
import dev.wrought.proto.evaluation.v1.RunSummary;
import dev.wrought.proto.evaluation.v1.WatchEvaluationsRequest;
import dev.wrought.proto.events.v1.EvaluationResult;
import dev.wrought.proto.events.v1.RunRef;
import dev.wrought.proto.events.v1.ValidationResult;
import dev.wrought.proto.trainer.v1.Run;
import dev.wrought.proto.trainer.v1.RunEvent;
import dev.wrought.proto.trainer.v1.RunState;
import dev.wrought.trainer.journal.RunEvents;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * kill -9 of the worker, of eval-svc and of the broker in one run, and what became of it. A run's
 * own events are on Kafka at least once, each in the order of the run's log when it comes first: a
 * broker that is not back before trainer-svc's producer gives up gets some from the next one again.
 * What eval-svc makes of them is there, and in its store, exactly once.
 */
@ExtendWith(SharedPlatform.class)
class KillsIT {
  private static final String RUN = "shot-at";
  private static final List<String> HELD_OUT = List.of("loss", "perplexity", "bits_per_byte");

  /** A kill that comes when the run has done so many steps. */
  private record Shot(int step, Runnable kill) {}

  @Test
  void run_workerEvalAndBrokerKilled_endsWithTheWeightsOfAnUndisturbedOneAndAllEvents(
      PlatformUnderTest platform) {
    Run undisturbed = platform.made().undisturbed();
    Runs runs = new Runs(platform.services());
    long evalBefore = platform.pid(Part.EVAL);
    long brokerBefore = platform.pid(Part.BROKER);
    Deque<Shot> shots = new ArrayDeque<>();
    shots.add(new Shot(40, () -> PlatformUnderTest.kill(runs.get(RUN).getWorkerPid())));
    shots.add(new Shot(90, () -> platform.kill(Part.EVAL)));
    shots.add(new Shot(140, () -> platform.kill(Part.BROKER)));

    runs.submit(TinyRecipe.of(RUN));
    shoot(runs.events(RUN), shots);

    Run run = runs.get(RUN);
    assertEquals(RunState.RUN_STATE_SUCCEEDED, run.getState(), run.toString());
    assertEquals(List.of(), List.copyOf(shots), "kills that came too late");
    assertEquals(1, run.getRestarts());
    assertEquals(weights(undisturbed), weights(run));
    assertNotEquals(evalBefore, platform.pid(Part.EVAL));
    assertNotEquals(brokerBefore, platform.pid(Part.BROKER));
    awaitStored(platform, run);
    assertEquals(allSteps(), curve(platform, run, "loss").getStepsList());
    for (String metric : List.of("loss", "validation_loss")) {
      Curve expected = curve(platform, undisturbed, metric);
      Curve actual = curve(platform, run, metric);
      assertEquals(expected.getStepsList(), actual.getStepsList(), metric);
      assertEquals(expected.getValuesList(), actual.getValuesList(), metric);
    }
    List<RunEvent> told = new ArrayList<>();
    runs.events(RUN).forEachRemaining(told::add);
    assertOnKafkaAtLeastOnce(platform, Topics.TRAINING_METRICS, told);
    assertOnKafkaAtLeastOnce(platform, Topics.TRAINING_LIFECYCLE, told);
    assertEvaluatedOnce(platform, told);
  }

  private static void assertOnKafkaAtLeastOnce(
      PlatformUnderTest platform, String topic, List<RunEvent> told) {
    List<String> expected =
        told.stream()
            .flatMap(event -> RunEvents.toCloudEvent(event).stream())
            .filter(event -> event.topic().equals(topic))
            .map(CloudEvent::id)
            .distinct()
            .toList();
    List<String> sent = onKafka(platform, topic, expected);
    assertEquals(expected, sent.stream().distinct().toList(), topic);
  }

  private static void assertEvaluatedOnce(PlatformUnderTest platform, List<RunEvent> told) {
    List<ValidationResult> losses =
        told.stream().filter(RunEvent::hasValidation).map(RunEvent::getValidation).toList();
    List<String> expected =
        losses.stream()
            .flatMap(loss -> HELD_OUT.stream().map(metric -> evaluationId(loss, metric)))
            .distinct()
            .sorted()
            .toList();
    List<String> sent = onKafka(platform, Topics.EVALUATION, expected);
    assertEquals(expected, sent.stream().sorted().toList());

    List<String> numbers =
        losses.stream()
            .flatMap(loss ->
                HELD_OUT.stream().map(metric -> number(loss.getRun(), loss.getStep(), metric)))
            .distinct()
            .sorted()
            .toList();
    assertEquals(numbers, stored(platform, numbers.size()).stream().sorted().toList());
  }

  /** The ids of the run's events on a topic, each as often as it is there. */
  private static List<String> onKafka(
      PlatformUnderTest platform, String topic, List<String> expected) {
    try (EventTap tap = new EventTap(platform.kafka(), topic)) {
      tap.readUntil("all events on " + topic, () -> tap.ids().containsAll(expected));
      tap.readToEnd();
      return tap.ids(RUN);
    }
  }

  private static String evaluationId(ValidationResult loss, String metric) {
    RunRef run = loss.getRun();
    return EventIds.of(
        run.getRunUid(),
        run.getEpoch(),
        loss.getStep(),
        EventType.EVALUATION,
        loss.getDataset() + "/held-out/" + metric);
  }

  /** The first numbers that eval-svc has of the run. */
  private static List<String> stored(PlatformUnderTest platform, int count) {
    List<String> numbers = new ArrayList<>();
    Context.CancellableContext reading = Context.current().withCancellation();
    reading.run(() -> {
      Iterator<EvaluationResult> results =
          platform
              .services()
              .evaluation()
              .watchEvaluations(WatchEvaluationsRequest.newBuilder().setRun(RUN).build());
      while (numbers.size() < count) {
        EvaluationResult result = results.next();
        numbers.add(number(result.getRun(), result.getStep(), result.getMetric()));
      }
    });
    reading.cancel(null);
    return numbers;
  }

  private static String number(RunRef run, int step, String metric) {
    return "%d/%d/%s".formatted(run.getEpoch(), step, metric);
  }

  private static void shoot(Iterator<RunEvent> events, Deque<Shot> shots) {
    while (events.hasNext()) {
      RunEvent event = events.next();
      if (event.hasStep() && !shots.isEmpty() && event.getStep().getStep() >= shots.peek().step()) {
        shots.remove().kill().run();
      }
    }
  }

  private static String weights(Run run) {
    return Checkpoint.open(Path.of(run.getCheckpoint())).manifest().files().stream()
        .filter(file -> file.name().equals(Checkpoint.WEIGHTS))
        .map(Manifest.Entry::sha256)
        .findFirst()
        .orElseThrow();
  }

  /** Until eval-svc, started again, has read what the broker, started again, has for it. */
  private static void awaitStored(PlatformUnderTest platform, Run run) {
    Waiting.until(
        "the run's end in eval-svc",
        () -> {
          try {
            return summaries(platform)
                .anyMatch(summary ->
                    summary.getRunUid().equals(run.getUid())
                        && summary.getState().equals("SUCCEEDED")
                        && summary.getStep() == TinyRecipe.STEPS);
          } catch (StatusRuntimeException startsAgain) {
            return false;
          }
        });
  }

  private static Stream<RunSummary> summaries(PlatformUnderTest platform) {
    return platform
        .services()
        .evaluation()
        .listRuns(ListRunSummariesRequest.getDefaultInstance())
        .getRunsList()
        .stream();
  }

  private static Curve curve(PlatformUnderTest platform, Run run, String metric) {
    GetCurveRequest request =
        GetCurveRequest.newBuilder().setRun(run.getUid()).setMetric(metric).build();
    return platform.services().evaluation().getCurve(request);
  }

  private static List<Integer> allSteps() {
    return IntStream.rangeClosed(1, TinyRecipe.STEPS).boxed().toList();
  }
}
