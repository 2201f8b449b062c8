package dev.wrought.edge.error;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.ErrorKind;
import dev.wrought.core.error.WroughtException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * What the caller is told of a failure. What the caller cannot mend is logged on the way: a defect
 * with its stack trace, under a reference that the caller is told.
 */
final class FailureMessage {
  private static final Logger LOG = Logger.getLogger(FailureMessage.class);

  /**
   * The longest message, in bytes of UTF-8. Trailers carry it twice, percent-encoded and in base64:
   * at most 208 kB of the 256 kB that our clients take.
   */
  private static final int MAX_BYTES = 48 << 10;

  private FailureMessage() {}

  static String of(WroughtException failure) {
    if (isDefect(failure)) {
      return shortened(failure.getMessage()) + "; " + logged(failure);
    }
    // A full queue is no news, and every line would make it fuller.
    if (failure.code().kind() != ErrorKind.USER && failure.code() != ErrorCode.OVERLOADED) {
      LOG.warnf("%s: %s", failure.code(), failure.getMessage());
    }
    return shortened(failure.getMessage());
  }

  /** Of a failure whose message is not meant for users. */
  static String ofUnexpected(Throwable failure) {
    return "an unexpected failure; " + logged(failure);
  }

  /** Ours, or a plugin's: something was thrown that nobody expected. */
  private static boolean isDefect(WroughtException failure) {
    return failure.code().kind() == ErrorKind.INTERNAL
        || (failure.code() == ErrorCode.INVALID_PLUGIN && failure.getCause() != null);
  }

  private static String logged(Throwable failure) {
    String reference = UUID.randomUUID().toString().substring(0, 8);
    LOG.errorf(failure, "Failure, reference %s", reference);
    return "the service's log tells more under reference " + reference;
  }

  /** As many whole lines as fit, and how many more there are. */
  private static String shortened(String message) {
    if (bytes(message) <= MAX_BYTES) {
      return message;
    }
    List<String> lines = message.lines().toList();
    int kept = 0;
    for (int length = 0; kept < lines.size(); kept++) {
      length += bytes(lines.get(kept)) + 1;
      if (length > MAX_BYTES) {
        break;
      }
    }
    return kept == 0
        ? message.substring(0, MAX_BYTES / 4) + " ..." // a character has at most four bytes
        : "%s\n... and %d more lines"
            .formatted(String.join("\n", lines.subList(0, kept)), lines.size() - kept);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
