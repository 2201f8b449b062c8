package dev.wrought.benchmarks.platform;

import dev.wrought.cli.local.Home;
import dev.wrought.cli.local.Installation;
import dev.wrought.cli.local.Part;
import dev.wrought.cli.local.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One service as a process of its own, whose peers and broker are nowhere. */
final class LoneService implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Part part;
  private final int port;
  private final Path log;
  private final Process process;

  private LoneService(Part part, int port, Path log, Process process) {
    this.part = part;
    this.port = port;
    this.log = log;
    this.process = process;
  }

  /** Starts it with an empty home; it is not ready yet. */
  static LoneService start(Part part, Path home) {
    int portBase = Ports.freeBase();
    ProcessBuilder builder =
        new ProcessBuilder(
            Installation.current(Jars.ROOT).command(part, new Home(home), part.port(portBase)));
    Map<String, String> environment = builder.environment();
    for (Part peer : Part.values()) {
      environment.put("WROUGHT_PEERS_" + peer.name(), "127.0.0.1:" + peer.port(portBase));
    }
    environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + Part.BROKER.port(portBase));
    environment.put("WROUGHT_HOME", home.toString());
    environment.put("WROUGHT_PORT", Integer.toString(part.port(portBase)));
    Path log = home.resolve(part.label() + ".log");
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    try {
      return new LoneService(part, part.port(portBase), log, builder.start());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  int port() {
    return port;
  }

  void awaitLive() {
    Waiting.until(part.label() + "'s liveness", () -> live());
  }

  private boolean live() throws InterruptedException {
    if (!process.isAlive()) {
      throw new AssertionError("%s ended; see %s".formatted(part.label(), log));
    }
    URI uri = URI.create("http://127.0.0.1:%d/q/health/live".formatted(port));
    try {
      HttpRequest request = HttpRequest.newBuilder(uri).build();
      return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
