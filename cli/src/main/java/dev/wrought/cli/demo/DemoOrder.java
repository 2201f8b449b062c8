package dev.wrought.cli.demo;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What is asked of a demo.
 *
 * @param corpus a folder, a text file, a JSONL file or a zip; without one, the JDK's sources
 * @param training how long to train, 6 seconds to 24 hours
 * @param heldOutBytes how much held-out text to score, at most; 1 byte to 4 MiB
 * @param fresh make tokenizer and dataset anew, whatever was made before
 */
public record DemoOrder(
    Optional<Path> corpus, Duration training, long heldOutBytes, boolean fresh) {
  private static final Duration SHORTEST = Duration.ofSeconds(6);
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final long MOST_HELD_OUT_BYTES = 4 << 20;

  public DemoOrder {
    if (training.compareTo(SHORTEST) < 0 || training.compareTo(LONGEST) > 0) {
      throw invalid(
          "--minutes is %s; it must be from 0.1 to 1440".formatted(training.toSeconds() / 60.0));
    }
    if (heldOutBytes < 1 || heldOutBytes > MOST_HELD_OUT_BYTES) {
      throw invalid(
          "--held-out is %d bytes; it must be from 1 to %d"
              .formatted(heldOutBytes, MOST_HELD_OUT_BYTES));
    }
  }

  private static WroughtException invalid(String message) {
    return new WroughtException(ErrorCode.INVALID_ARGUMENT, message);
  }
}
