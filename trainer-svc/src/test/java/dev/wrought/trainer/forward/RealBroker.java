package dev.wrought.trainer.forward;

import dev.wrought.trainer.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A Kafka broker of its own, where it has been built. */
final class RealBroker implements AutoCloseable {
  static final Path JAR =
      Path.of(System.getProperty("wrought.root", "..")).resolve("cli/broker/target/broker.jar");

  private final Path data;
  private final int port;
  private Optional<Process> process = Optional.empty();

  RealBroker(Path data) throws IOException {
    this.data = data;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = socket.getLocalPort();
    }
  }

  String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** Starts it and waits until clients can connect. */
  void start() throws IOException {
    Process started =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                JAR.toString(),
                data.toString(),
                Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(data.resolveSibling("broker.log").toFile())
            .start();
    process = Optional.of(started);
    Path ready = data.resolve("ready");
    Await.until("the broker", () -> says(ready, started.pid()));
  }

  private static boolean says(Path ready, long pid) {
    try {
      return Files.exists(ready) && Files.readString(ready).strip().equals(Long.toString(pid));
    } catch (IOException justGone) {
      return false;
    }
  }

  /** kill -9. */
  void kill() throws InterruptedException {
    if (process.isPresent()) {
      process.get().destroyForcibly().waitFor();
    }
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
