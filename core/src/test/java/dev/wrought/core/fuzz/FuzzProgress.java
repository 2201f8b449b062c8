package dev.wrought.core.fuzz;

import dev.wrought.core.artifact.DurableFiles;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * How long a parser has been fuzzed.
 *
 * @param code digest of its sources
 */
record FuzzProgress(String code, long seconds, long executions) {
  static FuzzProgress none(String code) {
    return new FuzzProgress(code, 0, 0);
  }

  /** What a file says of this code, if it is there and says so. */
  static Optional<FuzzProgress> of(String code, Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties saved = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      saved.load(reader);
    }
    return Optional.of(
            new FuzzProgress(
                saved.getProperty("code"),
                Long.parseLong(saved.getProperty("seconds")),
                Long.parseLong(saved.getProperty("executions"))))
        .filter(progress -> progress.code.equals(code));
  }

  FuzzProgress plus(long moreSeconds, long moreExecutions) {
    return new FuzzProgress(code, seconds + moreSeconds, executions + moreExecutions);
  }

  void save(Path file) throws IOException {
    DurableFiles.write(file, lines().getBytes(StandardCharsets.UTF_8));
  }

  /** As files have it. */
  String lines() {
    return "code=%s\nseconds=%d\nexecutions=%d\n".formatted(code, seconds, executions);
  }
}
