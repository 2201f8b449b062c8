package dev.wrought.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process that was started for a part. It counts as alive only if its pid is alive <em>and</em>
 * belongs to a process of that start time: pids are used again, after a reboot at the latest.
 *
 * @param started as the operating system tells it
 */
public record ProcessRecord(Part part, long pid, Instant started, int port) {
  /** The operating system's start times waver by what the clock was corrected by. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  static ProcessRecord of(Part part, Process process, int port) {
    Instant started = process.info().startInstant().orElseGet(Instant::now);
    return new ProcessRecord(part, process.pid(), started, port);
  }

  boolean alive() {
    return handle().isPresent();
  }

  /** The process, if it is the one that was started. */
  Optional<ProcessHandle> handle() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(handle -> handle.info().startInstant().map(this::matches).orElse(false))
        .filter(handle -> !ended(handle.pid()));
  }

  private boolean matches(Instant instant) {
    return Duration.between(instant, started).abs().compareTo(TOLERANCE) <= 0;
  }

  /** It has ended, and its parent has not asked how: Linux keeps it in state Z. */
  private static boolean ended(long pid) {
    return linux(pid, "stat")
        .map(stat -> stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith("Z"))
        .orElse(false);
  }

  /** Bytes of memory that are the process's own, and its share of what it has in common. */
  Optional<Long> residentBytes() {
    return linux(pid, "status")
        .flatMap(status -> status.lines().filter(line -> line.startsWith("VmRSS:")).findFirst())
        .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024);
  }

  private static Optional<String> linux(long pid, String file) {
    try {
      return Optional.of(Files.readString(Path.of("/proc", Long.toString(pid), file)));
    } catch (IOException | RuntimeException otherSystemOrGone) {
      return Optional.empty();
    }
  }
}
