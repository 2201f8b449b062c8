package dev.wrought.eval.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrought.core.event.CloudEvent;
import dev.wrought.eval.grpc.AloneProfile;
import dev.wrought.eval.ingest.TestRecords;
import dev.wrought.eval.live.Rehearsal;
import dev.wrought.eval.store.EventStore;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** What the page asks, over HTTP. */
@QuarkusTest
@TestProfile(AloneProfile.class)
class DashboardApiIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Inject EventStore store;
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void page_andItsParts_areServedUnderAStrictPolicy() throws Exception {
    for (String path :
        List.of(
            "/",
            "/js/main.js",
            "/css/page.css",
            "/uplot/uPlot.esm.js",
            "/uplot/uPlot.min.css",
            "/fonts/source-sans-3-latin-wght-normal.woff2",
            "/mark.svg")) {
      HttpResponse<String> answer = get(path);
      assertEquals(200, answer.statusCode(), path);
      String policy = answer.headers().firstValue("Content-Security-Policy").orElse("");
      assertTrue(policy.contains("default-src 'none'"), path);
      assertTrue(policy.contains("script-src 'self';"), path);
      assertFalse(policy.contains("unsafe"), path);
    }
    assertFalse(get("/").body().matches("(?s).*(<style|style=|<script>| on[a-z]+=).*"));
  }

  @Test
  void csv_ofACurve_hasEveryPoint() throws Exception {
    Rehearsal run = rehearse("0198-csv", 2_500);
    HttpResponse<String> answer = get("/api/runs/" + run.uid() + "/curves/loss.csv");
    List<String> lines = answer.body().lines().toList();
    assertEquals("step,epoch,tokens,time_millis,loss", lines.getFirst());
    assertEquals(2_501, lines.size());
    assertTrue(lines.get(1).startsWith("1,1,4096,210,"), lines.get(1));
    assertTrue(
        answer.headers().firstValue("Content-Disposition").orElse("").contains("0198-csv-loss"));
    assertEquals(400, get("/api/runs/" + run.uid() + "/curves/accuracy.csv").statusCode());
    assertEquals(404, get("/api/runs/nobody/curves/loss.csv").statusCode());
  }

  @Test
  void curves_downsampled_keepTheSpike() throws Exception {
    Rehearsal run = rehearse("0198-spike", 2_500);
    JsonNode loss = json("/api/runs/0198-spike/curves?points=100").path("curves").path("loss");
    assertTrue(loss.path("step").size() <= 100);
    assertTrue(column(loss, "step").containsAll(List.of(1, run.plannedSteps())));
    // The schedule of spikes puts one at step 1353; its neighbours lie around 2.9.
    assertTrue(
        IntStream.range(0, loss.path("step").size())
            .filter(i -> Math.abs(loss.path("step").get(i).asInt() - 1_353) < 4)
            .anyMatch(i -> loss.path("value").get(i).asDouble() > 3.3));
    assertEquals(400, get("/api/runs/0198-spike/curves?points=3").statusCode());
    assertEquals(400, get("/api/runs/0198-spike/curves?points=10001").statusCode());
  }

  /** FAULTS W3: taken up from the last event seen, nothing is missing and nothing comes twice. */
  @Test
  void stream_brokenOffAndTakenUp_hasNoGapAndNoDuplicate() throws Exception {
    Rehearsal run = new Rehearsal("0198-stream", "stream", 300, 50, 2, Instant.EPOCH, 3);
    commit(run, 1, 40);
    JsonNode snapshot = json("/api/runs/0198-stream/curves");
    List<Integer> steps = column(snapshot.path("curves").path("loss"), "step");
    String cursor = snapshot.path("cursor").asText();
    for (int first = 41; first <= 300; first += 52) {
      commit(run, first, first + 51);
      commit(run, first - 10, first + 20);
      cursor = readStream(run.uid(), cursor, first + 51, steps);
    }
    assertEquals(IntStream.rangeClosed(1, 300).boxed().toList(), steps);
  }

  @Test
  void stream_fromAnotherStore_isToldToBeginAnew() throws Exception {
    try (Stream<String> lines = open("/api/stream?run=gone", "another-store.17").body()) {
      assertEquals("reset", nextEvent(lines.iterator()).name);
    }
    assertEquals(400, get("/api/stream?from=nonsense").statusCode());
    assertEquals(404, get("/api/stream?run=nobody").statusCode());
  }

  /** FAULTS W1: what a run is called travels as data, whatever it says. */
  @Test
  void runs_whoseNameIsMarkup_areListedAsJson() throws Exception {
    String name = "<img src=x onerror=alert(1)>\"'&";
    Rehearsal run = new Rehearsal("0198-markup", name, 5, 5, 2, Instant.EPOCH, 3);
    commit(run, 1, 5);
    HttpResponse<String> answer = get("/api/runs");
    assertTrue(
        answer.headers().firstValue("Content-Type").orElse("").startsWith("application/json"));
    assertEquals("nosniff", answer.headers().firstValue("X-Content-Type-Options").orElse(""));
    List<String> names = new ArrayList<>();
    JSON.readTree(answer.body())
        .path("runs")
        .forEach(each -> names.add(each.path("name").asText()));
    assertTrue(names.contains(name));
  }

  @Test
  void health_withoutABroker_saysWhatIsMissing() throws Exception {
    assertEquals(200, get("/q/health/live").statusCode());
    HttpResponse<String> ready = get("/q/health/ready");
    assertEquals(503, ready.statusCode());
    assertTrue(ready.body().contains("degraded"), ready.body());
    assertEquals(200, get("/api/runs").statusCode());
    assertFalse(json("/api/runs").path("source").path("connected").asBoolean(true));
  }

  private Rehearsal rehearse(String uid, int steps) throws SQLException {
    Rehearsal run = new Rehearsal(uid, uid, steps, 100, 2, Instant.EPOCH, 11);
    commit(run, 1, steps);
    return run;
  }

  private void commit(Rehearsal run, int first, int last) throws SQLException {
    List<CloudEvent> events = new ArrayList<>();
    IntStream.rangeClosed(first, last).forEach(step -> events.addAll(run.step(1, step)));
    store.commit(TestRecords.arrivals(events, 0), List.of());
  }

  /** Reads until a step was seen; adds all steps, returns the last position. */
  private String readStream(String uid, String cursor, int lastStep, List<Integer> steps)
      throws Exception {
    String position = cursor;
    try (Stream<String> lines = open("/api/stream?run=" + uid, cursor).body()) {
      Iterator<String> rest = lines.iterator();
      while (steps.getLast() < lastStep) {
        Event event = nextEvent(rest);
        position = event.id.isEmpty() ? position : event.id;
        if (event.name.equals("points")) {
          steps.addAll(
              column(JSON.readTree(event.data).path("runs").path(uid).path("loss"), "step"));
        }
      }
    }
    return position;
  }

  private record Event(String name, String id, String data) {}

  private static Event nextEvent(Iterator<String> lines) {
    String name = "";
    String id = "";
    String data = "";
    while (true) {
      String line = lines.next();
      if (line.isEmpty() && !data.isEmpty()) {
        return new Event(name, id, data);
      }
      name = line.startsWith("event:") ? line.substring(6) : name;
      id = line.startsWith("id:") ? line.substring(3) : id;
      data = line.startsWith("data:") ? line.substring(5) : data;
    }
  }

  private static List<Integer> column(JsonNode curve, String name) {
    List<Integer> values = new ArrayList<>();
    curve.path(name).forEach(value -> values.add(value.asInt()));
    return values;
  }

  private HttpResponse<Stream<String>> open(String path, String lastEventId) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path)).header("Last-Event-ID", lastEventId).build();
    return client.send(request, HttpResponse.BodyHandlers.ofLines());
  }

  private JsonNode json(String path) throws Exception {
    return JSON.readTree(get(path).body());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static URI uri(String path) {
    int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
    return URI.create("http://127.0.0.1:" + port + path);
  }
}
