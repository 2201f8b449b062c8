package dev.wrought.core.model;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The checks of the records of this room. */
final class Checks {

  private Checks() {}

  static void require(boolean holds, Supplier<String> message) {
    if (!holds) {
      throw new WroughtException(ErrorCode.INVALID_ARGUMENT, message.get());
    }
  }

  /** Sizes are bounded so that no product of them leaves the range of a long. */
  static void requireSize(String what, int actual, int most) {
    require(
        actual >= 1 && actual <= most,
        () -> "%s is %,d, it must be 1 to %,d".formatted(what, actual, most));
  }

  static String divisors(int number) {
    return IntStream.rangeClosed(1, number)
        .filter(i -> number % i == 0)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", "));
  }
}
