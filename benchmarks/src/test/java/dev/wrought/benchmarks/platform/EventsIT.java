package dev.wrought.benchmarks.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrought.core.event.EventIds;
import dev.wrought.core.event.EventType;
import dev.wrought.core.event.Topics;
import dev.wrought.proto.trainer.v1.Run;
import dev.wrought.proto.trainer.v1.RunState;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a listener finds on Kafka who knows CloudEvents and JSON, and nothing of ours. */
@ExtendWith(SharedPlatform.class)
class EventsIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Minutes of training, which nobody waits for: an evaluation comes after step 20. */
  private static final int STEPS = 20_000;

  @Test
  void run_whileItGoesOn_isEvaluatedInCloudEvents(PlatformUnderTest platform) throws Exception {
    Runs runs = startRun(platform, "watched");
    try (EventTap tap = new EventTap(platform.kafka(), Topics.EVALUATION)) {
      tap.readUntil("an evaluation", () -> !tap.of("watched").isEmpty());
      assertEquals(RunState.RUN_STATE_RUNNING, runs.get("watched").getState());
      ConsumerRecord<String, String> record = tap.of("watched").getFirst();
      assertEquals("1.0", EventTap.header(record, "ce_specversion"));
      assertEquals("dev.wrought.evaluation", EventTap.header(record, "ce_type"));
      assertEquals("application/json", EventTap.header(record, "content-type"));
      assertEvaluation("watched", record.value());
    } finally {
      stop(runs, "watched");
    }
  }

  @Test
  void run_whileItGoesOn_isReadByKcat(PlatformUnderTest platform) throws Exception {
    Kcat.assumeInstalled();
    Runs runs = startRun(platform, "heard");
    try (Kcat kcat = Kcat.listen(platform.kafka(), Topics.EVALUATION)) {
      Kcat.Message message = kcat.first("heard");
      assertEquals(RunState.RUN_STATE_RUNNING, runs.get("heard").getState());
      assertTrue(message.headers().contains("ce_specversion=1.0"), message.headers());
      assertTrue(message.headers().contains("ce_type=dev.wrought.evaluation"), message.headers());
      assertEvaluation("heard", message.body());
    } finally {
      stop(runs, "heard");
    }
  }

  @Test
  void training_everyStep_isThereInOnePartition(PlatformUnderTest platform) {
    Run run = platform.made().undisturbed();
    Set<String> expected =
        IntStream.rangeClosed(1, TinyRecipe.STEPS)
            .mapToObj(step -> EventIds.of(run.getUid(), 1, step, EventType.STEP, ""))
            .collect(Collectors.toSet());
    try (EventTap tap = new EventTap(platform.kafka(), Topics.TRAINING_METRICS)) {
      tap.readUntil("every step", () -> tap.ids().containsAll(expected));
      List<Integer> partitions =
          tap.of(run.getName()).stream().map(ConsumerRecord::partition).distinct().toList();
      assertEquals(1, partitions.size(), "a run's key keeps its events in order");
    }
  }

  private static Runs startRun(PlatformUnderTest platform, String name) {
    platform.made().dataset();
    Runs runs = new Runs(platform.services());
    runs.submit(TinyRecipe.of(name, STEPS));
    return runs;
  }

  private static void assertEvaluation(String run, String body) throws Exception {
    JsonNode evaluation = JSON.readTree(body);
    assertEquals(run, evaluation.path("run").path("run").asText(), body);
    assertEquals("held-out", evaluation.path("task").asText(), body);
    assertTrue(evaluation.path("value").isNumber(), body);
  }

  private static void stop(Runs runs, String name) {
    assertEquals(RunState.RUN_STATE_STOPPED, runs.stop(name).getState());
  }
}
