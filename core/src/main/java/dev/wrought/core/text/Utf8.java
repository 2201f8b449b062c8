package dev.wrought.core.text;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.nio.charset.StandardCharsets;

/** UTF-8 as the Unicode standard defines it (table 3-7): no overlong forms, no surrogates. */
public final class Utf8 {
  private Utf8() {}

  /**
   * The bytes of a text.
   *
   * @throws WroughtException INVALID_ARGUMENT for a lone surrogate, which has none
   */
  public static byte[] bytesOf(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          throw new WroughtException(
              ErrorCode.INVALID_ARGUMENT,
              "the text has a lone surrogate U+%04X at offset %d: it has no UTF-8 form; pass bytes"
                  .formatted((int) c, i));
        }
        i++;
      }
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The number of bytes, 2 to 4, of the character that begins here; 0 if none is well-formed. */
  public static int sequenceLength(byte[] text, int at, int to) {
    int first = text[at] & 0xFF;
    if (first < 0xC2 || first > 0xF4 || at + 1 >= to) {
      return 0;
    }
    int second = text[at + 1] & 0xFF;
    if (first < 0xE0) {
      return isContinuation(second) ? 2 : 0;
    }
    if (first < 0xF0) {
      int lowest = first == 0xE0 ? 0xA0 : 0x80;
      int highest = first == 0xED ? 0x9F : 0xBF;
      boolean well = second >= lowest && second <= highest && at + 2 < to;
      return well && isContinuation(text[at + 2]) ? 3 : 0;
    }
    int lowest = first == 0xF0 ? 0x90 : 0x80;
    int highest = first == 0xF4 ? 0x8F : 0xBF;
    boolean well = second >= lowest && second <= highest && at + 3 < to;
    return well && isContinuation(text[at + 2]) && isContinuation(text[at + 3]) ? 4 : 0;
  }

  /** The number of bytes, 1 to 4, of the character that begins here; 0 if none is well-formed. */
  public static int lengthAt(byte[] text, int at, int to) {
    return text[at] >= 0 ? 1 : sequenceLength(text, at, to);
  }

  /** How many characters there are; a byte that belongs to none counts as one. */
  public static int characters(byte[] text) {
    int count = 0;
    for (int at = 0; at < text.length; at += Math.max(1, lengthAt(text, at, text.length))) {
      count++;
    }
    return count;
  }

  /** The code point of a well-formed character. @param length its bytes, 1 to 4 */
  public static int codePointAt(byte[] text, int at, int length) {
    return length == 1 ? text[at] : codePoint(text, at, length);
  }

  /** The code point of a well-formed character. @param length its bytes, 2 to 4 */
  public static int codePoint(byte[] text, int at, int length) {
    int codePoint = text[at] & (0xFF >>> (length + 1));
    for (int i = 1; i < length; i++) {
      codePoint = codePoint << 6 | (text[at + i] & 0x3F);
    }
    return codePoint;
  }

  private static boolean isContinuation(int value) {
    return (value & 0xC0) == 0x80;
  }
}
