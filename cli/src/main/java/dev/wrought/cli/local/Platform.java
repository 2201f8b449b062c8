package dev.wrought.cli.local;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.plugin.PluginRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The broker and the services as processes of this machine. {@link #up} starts what is missing, all
 * at once, and waits until every part answers; {@link #down} asks them to end, the broker last, and
 * kills what does not. Processes outlive the command that started them.
 */
public final class Platform {
  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Home home;
  private final Installation installation;
  private final Settings settings;
  private final String version;
  private final PartStarter starter;

  public Platform(Settings settings, Installation installation, String version) {
    this.home = settings.home();
    this.settings = settings;
    this.installation = installation;
    this.version = version;
    this.starter = new PartStarter(settings, installation);
  }

  public Home home() {
    return home;
  }

  /**
   * Starts what does not run.
   *
   * @param listener told of each part that is started or has become ready
   * @return every part
   */
  public List<PartStatus> up(Consumer<String> listener) {
    home.prepare();
    try (PlatformLock _ = PlatformLock.take(home)) {
      PlatformFile file = current();
      Set<Part> missing = missing(file);
      checkPorts(missing, file.portBase());
      PluginRegistry.checkReadable(settings.plugins());
      missing.forEach(installation::jar);
      if (file.stopping()) { // a down that was cut short
        file = file.stopping(false);
        file.write(home);
      }
      for (Part part : missing) {
        file = starter.start(part, file);
        listener.accept("%s starts on port %d".formatted(part.label(), part.port(file.portBase())));
      }
      awaitReady(file, listener);
    }
    return status();
  }

  /** Starts again what has died; nothing while somebody else changes the platform. */
  List<Part> restartDead() {
    Optional<PlatformLock> lock = PlatformLock.tryTake(home);
    if (lock.isEmpty()) {
      return List.of();
    }
    try (PlatformLock _ = lock.get()) {
      Optional<PlatformFile> known = PlatformFile.read(home).filter(file -> !file.stopping());
      List<Part> restarted = new ArrayList<>();
      if (known.isPresent()) {
        PlatformFile file = known.get();
        for (Part part : missing(file)) {
          file = starter.start(part, file);
          restarted.add(part);
        }
      }
      return restarted;
    }
  }

  /** Some process of it is alive. */
  public boolean running() {
    return runningPortBase().isPresent();
  }

  /**
   * The port of the first service of what runs, whatever port is asked for; empty if nothing runs.
   */
  public OptionalInt runningPortBase() {
    return PlatformFile.live(home)
        .map(file -> OptionalInt.of(file.portBase()))
        .orElse(OptionalInt.empty());
  }

  /** The platform was started and nobody takes it down. */
  boolean wanted() {
    return PlatformFile.read(home).filter(file -> !file.stopping()).isPresent();
  }

  /**
   * Ends everything.
   *
   * @param grace how long a process may take before it is killed
   * @param listener told of what was killed
   * @return false if nothing ran
   */
  public boolean down(Duration grace, Consumer<String> listener) {
    if (!Files.isDirectory(home.folder())) {
      return false;
    }
    try (PlatformLock _ = PlatformLock.take(home)) {
      Optional<PlatformFile> known = PlatformFile.read(home);
      if (known.isEmpty()) {
        return false;
      }
      PlatformFile file = known.get();
      boolean ran = file.anyAlive();
      markStopping(file);
      List<ProcessRecord> services = new ArrayList<>(file.processes());
      services.removeIf(process -> process.part() == Part.BROKER);
      end(services, grace, listener);
      end(file.process(Part.BROKER).stream().toList(), grace, listener);
      Files.deleteIfExists(home.platformFile());
      return ran;
    } catch (IOException failure) {
      throw Home.storage("cannot remove " + home.platformFile(), failure);
    }
  }

  /**
   * So that a supervisor lets go. On a full disk it is not told: it restarts nothing while the lock
   * is held, and then finds no platform any more.
   */
  private void markStopping(PlatformFile file) {
    try {
      file.stopping(true).write(home);
    } catch (WroughtException full) {
      if (full.code() != ErrorCode.STORAGE) {
        throw full;
      }
    }
  }

  public List<PartStatus> status() {
    Optional<PlatformFile> file = PlatformFile.read(home);
    int portBase = file.map(PlatformFile::portBase).orElseGet(settings::portBase);
    return Arrays.stream(Part.values())
        .parallel()
        .map(part -> status(part, file, portBase))
        .toList();
  }

  private PartStatus status(Part part, Optional<PlatformFile> file, int portBase) {
    Optional<ProcessRecord> process = file.flatMap(known -> known.process(part));
    boolean external = part == Part.BROKER && file.map(PlatformFile::externalKafka).orElse(false);
    PartStatus.State state =
        process
            .map(this::state)
            .orElse(external ? PartStatus.State.EXTERNAL : PartStatus.State.STOPPED);
    Optional<Long> resident =
        process.filter(ProcessRecord::alive).flatMap(ProcessRecord::residentBytes);
    return new PartStatus(part, state, part.port(portBase), process, resident);
  }

  private PartStatus.State state(ProcessRecord process) {
    if (!process.alive()) {
      return PartStatus.State.DEAD;
    }
    return Readiness.ready(home, process) ? PartStatus.State.READY : PartStatus.State.UNRESPONSIVE;
  }

  /** What platform.json says, if any of it still runs; else a platform of no processes. */
  private PlatformFile current() {
    Optional<PlatformFile> live = PlatformFile.live(home);
    if (live.isPresent()) {
      live.get().checkAsked(settings);
      return live.get();
    }
    int portBase = settings.portBase();
    String own = "127.0.0.1:" + Part.BROKER.port(portBase);
    Optional<String> external = settings.externalKafka();
    return new PlatformFile(
        version, portBase, external.orElse(own), external.isPresent(), false, List.of());
  }

  private static Set<Part> missing(PlatformFile file) {
    Set<Part> missing = EnumSet.allOf(Part.class);
    missing.removeIf(part -> file.process(part).map(ProcessRecord::alive).orElse(false));
    if (file.externalKafka()) {
      missing.remove(Part.BROKER);
    }
    return missing;
  }

  private static void checkPorts(Set<Part> parts, int portBase) {
    for (Part part : parts) {
      int port = part.port(portBase);
      if (!Ports.free(port)) {
        throw new WroughtException(
            ErrorCode.PORT_IN_USE,
            "port %d, for %s, is taken by another program: end that, or move the platform, for example --port-base %d"
                .formatted(
                    port, part.label(), portBase < 60_000 ? portBase + 100 : portBase - 100));
      }
    }
  }

  private void awaitReady(PlatformFile file, Consumer<String> listener) {
    long limit = System.nanoTime() + START_LIMIT.toNanos();
    List<ProcessRecord> waiting = new ArrayList<>(file.processes());
    while (!waiting.isEmpty()) {
      waiting.removeIf(process -> becameReady(process, listener));
      waiting.stream().filter(process -> !process.alive()).findFirst().ifPresent(this::failed);
      if (System.nanoTime() > limit) {
        throw new WroughtException(
            ErrorCode.DEADLINE_EXCEEDED,
            "%s is not ready after %d s; its log: %s"
                .formatted(
                    waiting.getFirst().part().label(),
                    START_LIMIT.toSeconds(),
                    home.log(waiting.getFirst().part())));
      }
      pause(POLL);
    }
  }

  private boolean becameReady(ProcessRecord process, Consumer<String> listener) {
    boolean ready = process.alive() && Readiness.ready(home, process);
    if (ready) {
      listener.accept(process.part().label() + " is ready");
    }
    return ready;
  }

  private void failed(ProcessRecord process) {
    Path log = home.log(process.part());
    LogFile.LastWords why = LogFile.lastWords(log);
    throw new WroughtException(
        why.code().orElse(ErrorCode.UNAVAILABLE),
        "%s ended while it started; %s: %s; ./wrought down stops what else has started"
            .formatted(process.part().label(), log, why.text()));
  }

  private static void end(
      List<ProcessRecord> processes, Duration grace, Consumer<String> listener) {
    processes.forEach(process -> process.handle().ifPresent(ProcessHandle::destroy));
    long limit = System.nanoTime() + grace.toNanos();
    List<ProcessRecord> alive = new ArrayList<>(processes);
    while (true) {
      alive.removeIf(process -> !process.alive());
      if (alive.isEmpty()) {
        return;
      }
      if (System.nanoTime() > limit) {
        break;
      }
      pause(POLL);
    }
    for (ProcessRecord process : alive) {
      listener.accept(
          "%s did not end within %d s and was killed"
              .formatted(process.part().label(), grace.toSeconds()));
      process.handle().ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new WroughtException(ErrorCode.CANCELLED, "interrupted", interrupted);
    }
  }
}
