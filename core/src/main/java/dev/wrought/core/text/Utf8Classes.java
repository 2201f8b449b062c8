package dev.wrought.core.text;

/**
 * What kind of character stands at a position of UTF-8 text, and how many bytes it has. The kinds
 * are those that the splitting patterns tell apart: Unicode's general categories, and its
 * White_Space for \s. Bytes that are not well-formed UTF-8 are of the kind {@link #OTHER}, one by
 * one.
 */
final class Utf8Classes {
  static final int OTHER = 0;

  /** \p{Lu} and \p{Lt}. */
  static final int UPPER = 1;

  /** \p{Ll}. */
  static final int LOWER = 2;

  /** \p{Lm} and \p{Lo}. */
  static final int UNCASED = 3;

  static final int MARK = 4;
  static final int NUMBER = 5;

  /** White space other than \r and \n. */
  static final int SPACE = 6;

  static final int NEWLINE = 7;

  /** Sets of kinds: a bit each. */
  static final int LETTERS = 1 << UPPER | 1 << LOWER | 1 << UNCASED;

  static final int NUMBERS = 1 << NUMBER;
  static final int NEWLINES = 1 << NEWLINE;
  static final int WHITE_SPACE = 1 << SPACE | NEWLINES;

  /** [^\s\p{L}\p{N}]. */
  static final int REST = ~(LETTERS | NUMBERS | WHITE_SPACE);

  private static final int KIND = 0xF;
  private static final int LENGTH_SHIFT = 4;
  private static final int ONE_BYTE = 1 << LENGTH_SHIFT;

  /** Small: a JVM compiles a method that is called often before a loop that runs long. */
  private static final int BLOCK = 64;

  private static final byte[] ASCII = new byte[128];
  private static final byte[] BASIC_PLANE = new byte[1 << 16];

  static {
    for (int block = 0; block < BASIC_PLANE.length; block += BLOCK) {
      fill(block, block + BLOCK);
    }
    for (int c = 0; c < ASCII.length; c++) {
      ASCII[c] = (byte) (BASIC_PLANE[c] | ONE_BYTE);
    }
  }

  private Utf8Classes() {}

  /** The character at a position, to be asked by {@link #in} and {@link #length}. */
  static int at(byte[] text, int at, int to) {
    byte first = text[at];
    return first >= 0 ? ASCII[first] : longer(text, at, to);
  }

  /** Whether the character is of one of the set's kinds. */
  static boolean in(int found, int set) {
    return (set >>> (found & KIND) & 1) != 0;
  }

  /** How many bytes it has. */
  static int length(int found) {
    return found >>> LENGTH_SHIFT;
  }

  /** Where the characters of these kinds that begin here end. */
  static int run(byte[] text, int from, int to, int set) {
    int at = from;
    while (at < to) {
      int found = at(text, at, to);
      if (!in(found, set)) {
        return at;
      }
      at += length(found);
    }
    return at;
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

  private static void fill(int from, int to) {
    for (int codePoint = from; codePoint < to; codePoint++) {
      BASIC_PLANE[codePoint] = (byte) kindOf(codePoint);
    }
  }

  private static int kindOf(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.UPPERCASE_LETTER, Character.TITLECASE_LETTER -> UPPER;
      case Character.LOWERCASE_LETTER -> LOWER;
      case Character.MODIFIER_LETTER, Character.OTHER_LETTER -> UNCASED;
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          MARK;
      case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER ->
          NUMBER;
      case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          SPACE;
      default -> control(codePoint);
    };
  }

  private static int control(int codePoint) {
    if (codePoint == '\n' || codePoint == '\r') {
      return NEWLINE;
    }
    return (codePoint >= '\t' && codePoint <= '\r') || codePoint == 0x85 ? SPACE : OTHER;
  }
}
