package dev.wrought.trainer.backend;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Workers as JVMs of their own, on this service's class path. They run at lower priority, so that
 * the machine stays usable, and in a session of their own, so that a Ctrl-C meant for the service
 * does not reach them. They outlive the service.
 */
final class ProcessBackend implements PodBackend {
  /** The heap holds batches and file headers only; tensors live in libtorch's own memory. */
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-Xmx512m",
          "-Xms32m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow"); // protobuf's own

  /** A start time is known to the clock tick only. */
  private static final Duration SAME_START = Duration.ofSeconds(2);

  private final List<String> jvmOptions;

  ProcessBackend(List<String> jvmOptions) {
    this.jvmOptions = jvmOptions;
  }

  @Override
  public Pod start(WorkerSpec worker) {
    ProcessBuilder builder = new ProcessBuilder(command(worker));
    builder.environment().putAll(worker.environment());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(worker.log().toFile()));
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    try {
      Process process = builder.start();
      return new ProcessPod(process.toHandle(), Optional.of(process));
    } catch (IOException failure) {
      throw new WroughtException(
          ErrorCode.STORAGE,
          "the worker cannot be started (%s): %s"
              .formatted(String.join(" ", builder.command().subList(0, 3)), failure.getMessage()),
          failure);
    }
  }

  @Override
  public Optional<Pod> adopt(PodReference reference) {
    return ProcessHandle.of(reference.pid())
        .filter(ProcessHandle::isAlive)
        .filter(process -> isSame(process, reference))
        .map(process -> new ProcessPod(process, Optional.empty()));
  }

  private static boolean isSame(ProcessHandle process, PodReference reference) {
    if (reference.isById()) {
      return true;
    }
    Instant started = process.info().startInstant().orElse(Instant.EPOCH);
    return Duration.between(started, reference.started()).abs().compareTo(SAME_START) < 0;
  }

  private List<String> command(WorkerSpec worker) {
    List<String> command = new ArrayList<>();
    command.addAll(onPath("setsid", List.of()));
    command.addAll(onPath("nice", List.of("-n", "10")));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_OPTIONS);
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), worker.main()));
    command.addAll(worker.arguments());
    return command;
  }

  /** A program that replaces itself by the command that follows; nothing where there is none. */
  private static List<String> onPath(String program, List<String> options) {
    Map<String, String> environment = System.getenv();
    boolean found =
        Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    return found ? Stream.concat(Stream.of(program), options.stream()).toList() : List.of();
  }
}
