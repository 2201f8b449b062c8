package dev.wrought.eval.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The packaged service in a process of its own, which can be killed and started again. */
public final class LocalService implements AutoCloseable {
  static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final Path home;
  private final int port;
  private final String bootstrapServers;
  private LocalProcess process;

  /** Starts it, and returns when it answers. @param home its data, kept between starts */
  public LocalService(Path home, int port, String bootstrapServers) throws IOException {
    this.home = Files.createDirectories(home);
    this.port = port;
    this.bootstrapServers = bootstrapServers;
    this.process = start();
  }

  private LocalProcess start() throws IOException {
    LocalProcess started =
        LocalProcess.java(
            home.resolveSibling("eval-svc.log"),
            Map.of(
                "WROUGHT_HOME",
                home.toString(),
                "WROUGHT_PORT",
                Integer.toString(port),
                "KAFKA_BOOTSTRAP_SERVERS",
                bootstrapServers,
                "WROUGHT_PEERS_SERVING",
                "127.0.0.1:1"),
            List.of(
                "-Xmx160m",
                "-XX:+ExitOnOutOfMemoryError",
                // It is started often and never hot.
                "-XX:TieredStopAtLevel=1",
                "-jar",
                JAR.toString()));
    started.await("answer from the service", () -> status("/q/health/live") == 200);
    return started;
  }

  /** kill -9, at whatever it does. */
  public void kill() {
    process.kill();
  }

  /** Starts it again. */
  public void restart() throws IOException {
    process = start();
  }

  public String address() {
    return "http://127.0.0.1:" + port;
  }

  public JsonNode json(String path) {
    try {
      return JSON.readTree(get(path).body());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public HttpResponse<String> get(String path) throws IOException {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(address() + path)).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }

  private int status(String path) {
    try {
      return get(path).statusCode();
    } catch (IOException notYet) {
      return 0;
    }
  }

  /** Returns when it reads events. */
  public void awaitReady() {
    process.await("readiness", () -> status("/q/health/ready") == 200);
  }

  /** Returns when a run has reached a state. */
  public void awaitState(String uid, String state) {
    process.await(uid + " in state " + state, () -> run(uid).path("state").asText().equals(state));
  }

  /** Returns when a run has reached a step. */
  public void awaitStep(String uid, int step) {
    process.await("step " + step + " of " + uid, () -> run(uid).path("step").asInt() >= step);
  }

  private JsonNode run(String uid) {
    for (JsonNode run : json("/api/runs").path("runs")) {
      if (run.path("uid").asText().equals(uid)) {
        return run;
      }
    }
    return MissingNode.getInstance();
  }

  @Override
  public void close() {
    process.close();
  }
}
