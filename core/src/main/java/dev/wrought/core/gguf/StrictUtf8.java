package dev.wrought.core.gguf;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.text.Utf8;
import java.nio.charset.StandardCharsets;

/** UTF-8 without replacements: what it cannot say is refused, both ways. */
final class StrictUtf8 {
  private StrictUtf8() {}

  /**
   * A string's bytes.
   *
   * @throws WroughtException INVALID_ARGUMENT for a lone surrogate, which has none
   */
  static byte[] encode(String text) {
    check(text);
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Checks that a string has bytes.
   *
   * @throws WroughtException INVALID_ARGUMENT for a lone surrogate
   */
  static void check(String text) {
    Checks.require(
        text.codePoints().noneMatch(StrictUtf8::isSurrogate),
        () -> "\"%s\" has a lone surrogate, which has no UTF-8 form".formatted(Excerpt.of(text)));
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  /**
   * Checks that bytes are a string.
   *
   * @throws WroughtException INVALID_ARGUMENT where they are not UTF-8
   */
  static void check(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      int length = Utf8.lengthAt(bytes, at, to);
      if (length == 0) {
        throw new WroughtException(ErrorCode.INVALID_ARGUMENT, "a string is not UTF-8");
      }
      at += length;
    }
  }

  /**
   * The string of some bytes.
   *
   * @throws WroughtException INVALID_ARGUMENT where they are not UTF-8
   */
  static String decode(byte[] bytes, int from, int to) {
    check(bytes, from, to);
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
