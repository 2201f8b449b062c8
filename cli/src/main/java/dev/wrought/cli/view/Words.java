package dev.wrought.cli.view;

import dev.wrought.cli.terminal.Amounts;
import dev.wrought.proto.trainer.v1.RunState;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** How single values read in tables and lines. */
public final class Words {
  private Words() {}

  /** Enough of a digest to tell artifacts apart, and to type. */
  public static String shortDigest(String digest) {
    return digest.length() > 12 ? digest.substring(0, 12) : digest;
  }

  /** {@code running}. */
  public static String state(RunState state) {
    return state.name().replace("RUN_STATE_", "").toLowerCase(Locale.ROOT);
  }

  /** To the second; what is no RFC 3339 time as it is. */
  public static String time(String rfc3339) {
    try {
      return Instant.parse(rfc3339).truncatedTo(ChronoUnit.SECONDS).toString();
    } catch (DateTimeParseException other) {
      return rfc3339;
    }
  }

  public static String optional(boolean present, double value, int digits) {
    return present ? Amounts.decimal(value, digits) : "-";
  }
}
