package dev.wrought.serving.grpc;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;

/** Checks of what clients send: a refusal names the field, its value and what is allowed. */
final class Ranges {
  private Ranges() {}

  static void check(String field, long value, long least, long most) {
    if (value < least || value > most) {
      throw refusal(field, Long.toString(value), "%d to %d are allowed".formatted(least, most));
    }
  }

  static WroughtException refusal(String field, String value, String allowed) {
    return new WroughtException(
        ErrorCode.INVALID_ARGUMENT, "%s is %s; %s".formatted(field, value, allowed));
  }
}
