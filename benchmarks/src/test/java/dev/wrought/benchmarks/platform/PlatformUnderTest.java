package dev.wrought.benchmarks.platform;

import dev.wrought.cli.client.Services;
import dev.wrought.cli.local.Home;
import dev.wrought.cli.local.Installation;
import dev.wrought.cli.local.Part;
import dev.wrought.cli.local.PartStatus;
import dev.wrought.cli.local.Platform;
import dev.wrought.cli.local.Ports;
import dev.wrought.cli.local.Settings;
import dev.wrought.cli.local.Supervisor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Broker and services as {@code ./wrought up} runs them, restarted when they die, on free ports,
 * with everything under {@code benchmarks/target/platform/home}, which stays for who looks for the
 * cause of a failure. What several tests need of it ({@link #made()}) is made once.
 */
final class PlatformUnderTest implements AutoCloseable {
  private static final String HOME = "home";
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final int portBase = Ports.freeBase();
  private final Platform platform;
  private final Supervisor supervisor;
  private final Services services = new Services(portBase);
  private final Made made = new Made(this);
  private final Map<String, Duration> readyAfter = new LinkedHashMap<>();
  private final long idleBytes;

  private PlatformUnderTest(Path home) {
    platform = platform(home, OptionalInt.of(portBase));
    List<PartStatus> parts = up();
    idleBytes = parts.stream().mapToLong(part -> part.residentBytes().orElse(0L)).sum();
    supervisor = Supervisor.start(platform, line -> System.out.println("platform: " + line));
  }

  private List<PartStatus> up() {
    long start = System.nanoTime();
    try {
      return platform.up(line -> readyAfter.put(line, Duration.ofNanos(System.nanoTime() - start)));
    } catch (RuntimeException failure) {
      platform.down(GRACE, line -> {});
      throw failure;
    }
  }

  static PlatformUnderTest start() {
    platform(Jars.folder(HOME), OptionalInt.empty()).down(GRACE, line -> {}); // of killed tests
    return new PlatformUnderTest(Jars.emptyFolder(HOME));
  }

  private static Platform platform(Path home, OptionalInt portBase) {
    Settings settings = new Settings(Optional.of(home), portBase, Map.of(), Jars.ROOT);
    return new Platform(settings, Installation.current(Jars.ROOT), "test");
  }

  Home home() {
    return platform.home();
  }

  Services services() {
    return services;
  }

  /** A tokenizer, a dataset and a run that nothing has disturbed. */
  Made made() {
    return made;
  }

  int portBase() {
    return portBase;
  }

  int port(Part part) {
    return part.port(portBase);
  }

  String kafka() {
    return "127.0.0.1:" + port(Part.BROKER);
  }

  /** What the platform said while it started, and when. */
  Map<String, Duration> readyAfter() {
    return readyAfter;
  }

  /** Resident memory of all parts just after the start. */
  long idleBytes() {
    return idleBytes;
  }

  PartStatus status(Part part) {
    return platform.status().stream()
        .filter(status -> status.part() == part)
        .findFirst()
        .orElseThrow();
  }

  /** The process of a part, now. */
  long pid(Part part) {
    return status(part).process().orElseThrow().pid();
  }

  /** As {@code kill -9} does. Whoever restarts it is the platform's matter. */
  void kill(Part part) {
    kill(pid(part));
  }

  static void kill(long pid) {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  @Override
  public void close() {
    services.close();
    supervisor.close();
    platform.down(GRACE, line -> System.out.println("platform: " + line));
  }
}
