package dev.wrought.eval.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A process that a test started, and its log. */
public final class LocalProcess implements AutoCloseable {
  /** Why a test that needs a broker was skipped. */
  public static final String NO_BROKER =
      "cli/broker/target/broker.jar is not built: ./wrought up builds it";

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final Path ROOT = Path.of(System.getProperty("wrought.root", ".."));

  private final Process process;
  private final Path log;

  private LocalProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts {@code java} with these arguments; the log is appended to. */
  static LocalProcess java(Path log, Map<String, String> environment, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(JAVA.toString(), "-XX:+UseSerialGC"));
    command.addAll(List.of("-Xlog:disable", "-Xlog:all=error:stderr"));
    command.addAll(arguments);
    return start(log, environment, command);
  }

  static LocalProcess start(Path log, Map<String, String> environment, List<String> command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    return new LocalProcess(builder.start(), log);
  }

  /** The broker that the platform runs. @param data its folder */
  public static LocalProcess broker(Path data, int port) throws IOException {
    Files.createDirectories(data);
    Path log = data.resolveSibling("broker.log");
    Path jar = brokerJar();
    LocalProcess broker =
        java(
            log,
            Map.of(),
            List.of(
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar.toString(),
                data.toString(),
                Integer.toString(port)));
    Path ready = data.resolve("ready");
    broker.await("the broker's topics", () -> Files.exists(ready));
    return broker;
  }

  /** Whether there is a broker to start. */
  public static boolean isBrokerBuilt() {
    return Files.exists(brokerJar());
  }

  private static Path brokerJar() {
    return ROOT.resolve("cli/broker/target/broker.jar");
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Returns when it is so. @throws IllegalStateException with the log, when it never is */
  void await(String what, BooleanSupplier holds) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!holds.getAsBoolean()) {
        if (System.nanoTime() > end || !process.isAlive()) {
          throw new IllegalStateException("no " + what + ":\n" + log());
        }
        TimeUnit.MILLISECONDS.sleep(50);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Waits for its end; returns its exit code. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      kill();
      throw new IllegalStateException("it does not end:\n" + log());
    }
    return process.exitValue();
  }

  /** kill -9. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** SIGTERM, and kill -9 for what does not listen. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException interrupted) {
      kill();
      Thread.currentThread().interrupt();
    }
  }

  /** A port that nobody uses now. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
