package dev.wrought.serving.grpc;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;

/** Checks of what clients send: a refusal names the field, its value and what is allowed. */
final class Ranges {
  private static final int LONGEST_NAME = 1_024;

  private Ranges() {}

  static void check(String field, long value, long least, long most) {
    if (value < least || value > most) {
      throw refusal(field, Long.toString(value), "%d to %d are allowed".formatted(least, most));
    }
  }

  /** A name that is not known is compared with those that are, and quoted in the refusal. */
  static void checkName(String field, String name) {
    check("the length of " + field, name.length(), 0, LONGEST_NAME);
  }

  static WroughtException refusal(String field, String value, String allowed) {
    return new WroughtException(
        ErrorCode.INVALID_ARGUMENT, "%s is %s; %s".formatted(field, value, allowed));
  }
}
