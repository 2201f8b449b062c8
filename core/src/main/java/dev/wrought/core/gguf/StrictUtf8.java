package dev.wrought.core.gguf;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** UTF-8 without replacements: what it cannot say is refused, both ways. */
final class StrictUtf8 {
  private static final char REPLACEMENT = '\uFFFD';

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
    for (int at = from; at < to; at++) {
      if (bytes[at] < 0) {
        String _ = decode(bytes, from, to);
        return;
      }
    }
  }

  /**
   * The string of some bytes.
   *
   * @throws WroughtException INVALID_ARGUMENT where they are not UTF-8
   */
  static String decode(byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    // What is not UTF-8 has become U+FFFD, and would not be written back as it was. A decoder that
    // reports it allocated 25 times the size of a vocabulary's file.
    if (text.indexOf(REPLACEMENT) >= 0) {
      byte[] again = text.getBytes(StandardCharsets.UTF_8);
      if (!Arrays.equals(again, 0, again.length, bytes, from, to)) {
        throw new WroughtException(ErrorCode.INVALID_ARGUMENT, "a string is not UTF-8");
      }
    }
    return text;
  }
}
