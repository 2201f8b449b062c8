package dev.wrought.benchmarks.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.wrought.cli.local.Part;
import dev.wrought.core.checkpoint.Checkpoint;
import dev.wrought.core.checkpoint.Manifest;
import dev.wrought.proto.evaluation.v1.Curve;
import dev.wrought.proto.evaluation.v1.GetCurveRequest;
import dev.wrought.proto.evaluation.v1.ListRunSummariesRequest;
import dev.wrought.proto.evaluation.v1.RunSummary;
import dev.wrought.proto.trainer.v1.Run;
import dev.wrought.proto.trainer.v1.RunEvent;
import dev.wrought.proto.trainer.v1.RunState;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** kill -9 of the worker, of eval-svc and of the broker in one run, and what became of it. */
@ExtendWith(SharedPlatform.class)
class KillsIT {
  private static final String RUN = "shot-at";

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
