package dev.wrought.tokenizer.corpus;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.nio.file.Path;

/** How much more than its own size a packed file may hold before it is taken for a bomb. */
final class Inflation {
  /** More than any file of a corpus has: those are divided long before. */
  static final long MOST_BYTES = 1L << 40;

  /** Text packs about 4:1, source code with licences 6:1, logs 30:1; a bomb 1000:1 and more. */
  private static final int HIGHEST_RATIO = 100;

  /** Less may be that repetitive. */
  private static final long RATIO_MATTERS_FROM = 8L << 20;

  private Inflation() {}

  /**
   * @throws WroughtException INVALID_DATA if so much cannot honestly come of so little
   */
  static void check(Path file, long packed, long unpacked) {
    if (unpacked > RATIO_MATTERS_FROM && unpacked / HIGHEST_RATIO > packed) {
      throw new WroughtException(
          ErrorCode.INVALID_DATA,
          "%s holds %d bytes in %d: more than %d:1 is refused"
              .formatted(file, unpacked, packed, HIGHEST_RATIO));
    }
    if (unpacked > MOST_BYTES) {
      throw new WroughtException(
          ErrorCode.INVALID_DATA,
          "%s holds more than %d bytes; divide it into several".formatted(file, MOST_BYTES));
    }
  }
}
