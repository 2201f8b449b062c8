package dev.wrought.core.tokenizer;

/**
 * What kind of character stands at a position of UTF-8 text, and how many bytes it has. The kinds
 * are those of the splitting patterns: \p{L}, \p{N}, \s (Unicode's White_Space), and everything
 * else, to which bytes that are not well-formed UTF-8 belong, one by one.
 */
final class Utf8Classes {
  static final int OTHER = 0;
  static final int LETTER = 1;
  static final int NUMBER = 2;
  static final int SPACE = 3;

  /** Mask of the kind in a result of {@link #at}. */
  static final int KIND = 0xF;

  /** The bits above are the number of bytes. */
  static final int LENGTH_SHIFT = 4;

  private static final int ONE_BYTE = 1 << LENGTH_SHIFT;
  private static final byte[] ASCII = new byte[128];
  private static final byte[] BASIC_PLANE = new byte[1 << 16];

  static {
    for (int codePoint = 0; codePoint < BASIC_PLANE.length; codePoint++) {
      BASIC_PLANE[codePoint] = (byte) kindOf(codePoint);
    }
    for (int c = 0; c < ASCII.length; c++) {
      ASCII[c] = (byte) (BASIC_PLANE[c] | ONE_BYTE);
    }
  }

  private Utf8Classes() {}

  /** The kind of the character at {@code at} and, shifted, its number of bytes. */
  static int at(byte[] text, int at, int to) {
    byte first = text[at];
    return first >= 0 ? ASCII[first] : longer(text, at, to);
  }

  private static int longer(byte[] text, int at, int to) {
    int length = Utf8.sequenceLength(text, at, to);
    if (length == 0) {
      return OTHER | ONE_BYTE;
    }
    int codePoint = Utf8.codePoint(text, at, length);
    int kind = codePoint < BASIC_PLANE.length ? BASIC_PLANE[codePoint] : kindOf(codePoint);
    return kind | length << LENGTH_SHIFT;
  }

  private static int kindOf(int codePoint) {
    if (Character.isLetter(codePoint)) {
      return LETTER;
    }
    return switch (Character.getType(codePoint)) {
      case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER ->
          NUMBER;
      case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          SPACE;
      default -> (codePoint >= '\t' && codePoint <= '\r') || codePoint == 0x85 ? SPACE : OTHER;
    };
  }
}
