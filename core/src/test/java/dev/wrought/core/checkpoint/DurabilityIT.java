package dev.wrought.core.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * FAULTS C5, as the kernel sees it: a crash of the machine keeps what was forced out to the disk
 * before it, in whatever order. strace(1) tells what a publication asks for.
 */
final class DurabilityIT {
  private static final String CALLS = "trace=openat,fsync,fdatasync,rename,renameat,renameat2";
  private static final Pattern WRITTEN =
      Pattern.compile("openat\\(.*\"(.+)\", \\S*O_CREAT.* = \\d.*");
  private static final Pattern FORCED = Pattern.compile("f(?:data)?sync\\(\\d+<(.+)>\\) += 0");
  private static final Pattern RENAMED =
      Pattern.compile("rename\\w*\\(.*?\"(.+)\", .*?\"(.+)\".*\\) += 0");

  @TempDir Path folder;

  /** The process that is watched. */
  static final class Publication {
    public static void main(String[] checkpoints) {
      new CheckpointPublisher(Path.of(checkpoints[0]))
          .publish(
              1,
              target -> {
                Files.writeString(target.resolve("model.safetensors"), "weights");
                TrainerStateTest.state(1, OptionalDouble.of(1.5), 1.5).write(target);
              });
    }
  }

  @Test
  void publish_seenByTheKernel_forcesOutEachStepBeforeTheNext() throws Exception {
    assumeTracing();
    Path checkpoints = Files.createDirectory(folder.resolve("checkpoints")).toRealPath();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");

    int code = trace(java, "-cp", classPath, Publication.class.getName(), checkpoints.toString());

    assertEquals(0, code);
    List<String> seen = seen(checkpoints);
    assertEquals(
        List.of(
            "write manifest.json",
            "force manifest.json",
            "force .tmp-step-00000001",
            "rename .tmp-step-00000001 to step-00000001",
            "force checkpoints"),
        seen.subList(Math.min(4, seen.size()), seen.size()),
        seen.toString());
    assertEquals(
        Set.of("write model.safetensors", "write trainer-state.json"),
        Set.copyOf(seen.subList(0, 2)));
    assertEquals(
        Set.of("force model.safetensors", "force trainer-state.json"),
        Set.copyOf(seen.subList(2, 4)));
  }

  private void assumeTracing() throws InterruptedException {
    try {
      assumeTrue(trace("true") == 0, "strace may not trace here: ptrace is not allowed");
    } catch (IOException missing) {
      abort("no strace in PATH: apt-get install strace");
    }
  }

  /** Runs a command under strace, each of its threads with a log of its own. @return its code */
  private int trace(String... command) throws IOException, InterruptedException {
    String log = folder.resolve("strace").toString();
    List<String> line = new ArrayList<>(List.of("strace", "-ff", "-y", "-e", CALLS, "-o", log));
    line.addAll(Arrays.asList(command));
    return new ProcessBuilder(line).inheritIO().start().waitFor();
  }

  /** What was done below a folder, in order; it was one thread that did it. */
  private List<String> seen(Path below) throws IOException {
    List<String> seen = new ArrayList<>();
    try (Stream<Path> logs = Files.list(folder)) {
      for (Path log : logs.filter(Files::isRegularFile).toList()) {
        for (String call : Files.readAllLines(log, StandardCharsets.ISO_8859_1)) {
          if (call.contains(below.toString())) {
            seen.addAll(step(call).stream().toList());
          }
        }
      }
    }
    return seen;
  }

  private static Optional<String> step(String call) {
    Matcher written = WRITTEN.matcher(call);
    Matcher forced = FORCED.matcher(call);
    Matcher renamed = RENAMED.matcher(call);
    if (written.matches()) {
      return Optional.of("write " + name(written.group(1)));
    }
    if (forced.matches()) {
      return Optional.of("force " + name(forced.group(1)));
    }
    return renamed.matches()
        ? Optional.of("rename %s to %s".formatted(name(renamed.group(1)), name(renamed.group(2))))
        : Optional.empty();
  }

  private static Path name(String path) {
    return Path.of(path).getFileName();
  }
}
