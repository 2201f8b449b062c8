package dev.wrought.eval.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrought.core.event.CloudEvent;
import dev.wrought.core.event.EventType;
import dev.wrought.core.event.Topics;
import dev.wrought.eval.store.TestEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service between a real broker's topics. */
class EventsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> METRICS = List.of("loss", "perplexity", "bits_per_byte");

  @TempDir static Path folder;
  private static LocalProcess broker;
  private static LocalService service;
  private static String bootstrapServers;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(LocalProcess.isBrokerBuilt(), LocalProcess.NO_BROKER);
    int port = LocalProcess.freePort();
    bootstrapServers = "127.0.0.1:" + port;
    broker = LocalProcess.broker(folder.resolve("kafka"), port);
    service = new LocalService(folder.resolve("home"), LocalProcess.freePort(), bootstrapServers);
  }

  @AfterAll
  static void stop() {
    if (service != null) {
      service.close();
    }
    if (broker != null) {
      broker.close();
    }
  }

  /** FAULTS K3, K4, K6: everything three times, in any order, and the service killed in between. */
  @Test
  void events_shuffledThreeTimesAcrossKills_countOnce() throws IOException {
    long seed = System.nanoTime();
    Rehearsal run = new Rehearsal("0198-thrice", "thrice", 400, 20, 2, Instant.EPOCH, 7);
    TestEvents resumed = new TestEvents("0198-resumed", "resumed");
    List<CloudEvent> once = new ArrayList<>(run.all());
    once.addAll(resumed.interruptedRun());
    List<CloudEvent> thrice = new ArrayList<>();
    IntStream.range(0, 3).forEach(_ -> thrice.addAll(once));
    Collections.shuffle(thrice, new Random(seed));

    int third = thrice.size() / 3;
    try (Sender sender = new Sender(bootstrapServers)) {
      sender.send(thrice.subList(0, third));
      service.kill();
      service.restart();
      sender.send(thrice.subList(third, 2 * third));
      service.kill();
      sender.send(thrice.subList(2 * third, thrice.size()));
      service.restart();
    }

    Set<String> expected = evaluationIds(once);
    List<CloudEvent> published =
        Topic.events(
            bootstrapServers,
            Topics.EVALUATION,
            expected.size(),
            event -> Set.of(run.name(), resumed.run()).contains(event.subject()));
    List<String> ids = published.stream().map(CloudEvent::id).toList();
    assertEquals(expected, new TreeSet<>(ids), "seed " + seed);
    assertEquals(expected.size(), ids.size(), "published twice; seed " + seed);

    service.awaitState(run.uid(), "SUCCEEDED");
    service.awaitState(resumed.runUid(), "SUCCEEDED");
    assertEquals(losses(once, run.uid()), curve(run.uid(), 10_000), "seed " + seed);
    assertEquals(losses(once, resumed.runUid()), curve(resumed.runUid(), 10_000));
    assertLatestIsLast(run);
  }

  private static void assertLatestIsLast(Rehearsal run) throws IOException {
    Map<String, JsonNode> latest = new TreeMap<>();
    for (CloudEvent event :
        Topic.events(bootstrapServers, Topics.EVALUATION_LATEST, 3, _ -> true)) {
      latest.put(event.key(), JSON.readTree(event.data()));
    }
    for (String metric : METRICS) {
      JsonNode body = latest.get(run.name() + "/held-out/" + metric);
      assertTrue(body != null, metric + " is not among " + latest.keySet());
      assertEquals(run.plannedSteps(), body.path("step").asInt());
      assertTrue(body.path("value").isNumber() && !body.path("nonFinite").asBoolean());
    }
  }

  /** FAULTS K5: what is no event goes to the dead letters, and what is behind it is read. */
  @Test
  void poison_amongEvents_becomesDeadLettersAndStopsNothing() throws IOException {
    byte[] garbage = "no event".getBytes(StandardCharsets.UTF_8);
    Rehearsal run = new Rehearsal("0198-poison", "poison", 3, 3, 2, Instant.EPOCH, 7);
    try (Sender sender = new Sender(bootstrapServers)) {
      sender.sendPoison(Topics.TRAINING_METRICS, run.name(), garbage);
      sender.sendPoison(Topics.TRAINING_LIFECYCLE, run.name(), garbage);
      sender.send(run.all());
    }
    service.awaitStep(run.uid(), 3);
    List<CloudEvent> letters = Topic.events(bootstrapServers, Topics.DEAD_LETTER, 2, _ -> true);
    assertEquals(2, letters.size());
    JsonNode letter = JSON.readTree(letters.getFirst().data());
    assertTrue(letter.path("reason").asText().contains("CloudEvent"), letter.toString());
    assertEquals(run.name(), letter.path("key").asText());
    assertEquals(
        "no event", new String(letter.path("value").binaryValue(), StandardCharsets.UTF_8));
  }

  /** A long run and many readers, within the heap that the platform gives the service. */
  @Tag("long")
  @Test
  void run_of20000Steps_fitsTheHeap() throws Exception {
    Rehearsal run = new Rehearsal("0198-long", "long", 20_000, 200, 2, Instant.EPOCH, 7);
    try (Sender sender = new Sender(bootstrapServers)) {
      sender.send(run.all());
    }
    service.awaitStep(run.uid(), run.plannedSteps());
    try (ExecutorService readers = Executors.newFixedThreadPool(8)) {
      List<Callable<Integer>> reads = Collections.nCopies(16, () -> curve(run.uid(), 3_000).size());
      for (Future<Integer> points : readers.invokeAll(reads)) {
        assertTrue(points.get() > 1_000 && points.get() <= 3_000, "points " + points.get());
      }
    }
    String csv = service.get("/api/runs/" + run.uid() + "/curves/loss.csv").body();
    assertEquals(1 + run.plannedSteps(), csv.lines().count());
    assertEquals(200, service.get("/q/health/live").statusCode(), "it ended");
  }

  @Test
  void health_withABroker_isUpAndTellsOfServing() throws IOException {
    service.awaitReady();
    String health = service.get("/q/health").body();
    assertTrue(health.contains("kafka") && health.contains("serving-svc"), health);
    assertTrue(service.get("/q/metrics").body().contains("jvm_memory_used_bytes"));
  }

  private static Set<String> evaluationIds(List<CloudEvent> events) {
    return events.stream()
        .filter(event -> event.type().equals(EventType.VALIDATION.type()))
        .flatMap(event -> METRICS.stream().map(metric -> evaluationId(event.id(), metric)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** runUid/epoch/step/kind/subject: another kind, and task and metric after the dataset. */
  private static String evaluationId(String validationId, String metric) {
    return validationId.replaceFirst("/validation/", "/evaluation/") + "/held-out/" + metric;
  }

  /** Of every step the loss that its highest epoch told, in the order of steps. */
  private static List<Double> losses(List<CloudEvent> events, String uid) throws IOException {
    Map<Integer, JsonNode> bySteps = new TreeMap<>();
    for (CloudEvent event : events) {
      if (event.type().equals(EventType.STEP.type())) {
        JsonNode body = JSON.readTree(event.data());
        if (body.path("run").path("runUid").asText().equals(uid)) {
          bySteps.merge(body.path("step").asInt(), body, EventsIT::newer);
        }
      }
    }
    return bySteps.values().stream().map(body -> body.path("loss").asDouble()).toList();
  }

  private static JsonNode newer(JsonNode one, JsonNode other) {
    Function<JsonNode, Integer> epoch = body -> body.path("run").path("epoch").asInt();
    return epoch.apply(other) >= epoch.apply(one) ? other : one;
  }

  private static List<Double> curve(String uid, int points) {
    List<Double> values = new ArrayList<>();
    service
        .json("/api/runs/" + uid + "/curves?points=" + points)
        .path("curves")
        .path("loss")
        .path("value")
        .forEach(value -> values.add(value.asDouble()));
    return values;
  }
}
