package dev.wrought.core.gguf;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.util.function.Supplier;

/** The checks of the values of this room, whether a program made them or a file. */
final class Checks {
  private Checks() {}

  static void require(boolean holds, Supplier<String> message) {
    if (!holds) {
      throw new WroughtException(ErrorCode.INVALID_ARGUMENT, message.get());
    }
  }
}
