package dev.wrought.core.fuzz;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Jazzer in a JVM of its own, with little heap: what asks for more than that fails.
 *
 * <p>Source: Jazzer's docs/arguments.md; libFuzzer's documentation at llvm.org.
 */
final class JazzerProcess implements FuzzDriver {
  static final long HEAP_BYTES = 256 << 20;
  private static final int LONGEST_INPUT = 1 << 13;

  /** A hang, however busy the machine is with other things. */
  private static final Duration LONGEST_READING = Duration.ofSeconds(40);

  @Override
  public Process start(FuzzTarget target, FuzzFolders folders, Duration time) throws IOException {
    Files.writeString(folders.dictionary(), dictionary(target));
    return new ProcessBuilder(command(target, folders, time)).redirectErrorStream(true).start();
  }

  private static List<String> command(FuzzTarget target, FuzzFolders folders, Duration time) {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + HEAP_BYTES,
            "-XX:+UseSerialGC",
            "-Djava.io.tmpdir=" + folders.temporary(),
            // Jazzer is a native library with an agent.
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+EnableDynamicAgentLoading",
            "-cp",
            System.getProperty("java.class.path"),
            FuzzMain.class.getName(),
            "--target_class=" + target.getClass().getName(),
            "--instrumentation_includes=" + String.join(File.pathSeparator, target.guides()),
            "--custom_hook_includes=" + FuzzTarget.OURS,
            "--reproducer_path=" + folders.work(),
            "-artifact_prefix=" + folders.failing() + "/",
            "-dict=" + folders.dictionary(),
            "-max_len=" + LONGEST_INPUT,
            "-timeout=" + LONGEST_READING.toSeconds(),
            "-report_slow_units=" + LONGEST_READING.toSeconds(),
            "-max_total_time=" + time.toSeconds(),
            folders.corpus().toString(),
            folders.seeds().toString()));
    if (Files.isDirectory(folders.found())) {
      command.add(folders.found().toString());
    }
    return command;
  }

  /** A word a line, in quotes; all but letters and digits as hexadecimal escapes. */
  private static String dictionary(FuzzTarget target) {
    return target.dictionary().stream()
        .map(word -> '"' + escaped(word) + "\"\n")
        .collect(Collectors.joining());
  }

  private static String escaped(String word) {
    StringBuilder escaped = new StringBuilder();
    for (byte value : word.getBytes(StandardCharsets.ISO_8859_1)) {
      boolean plain = Character.isLetterOrDigit(value & 0xFF) && value > 0;
      escaped.append(plain ? String.valueOf((char) value) : "\\x%02X".formatted(value));
    }
    return escaped.toString();
  }
}
