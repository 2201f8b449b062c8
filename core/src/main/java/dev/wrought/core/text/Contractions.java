package dev.wrought.core.text;

/** The English endings 's, 't, 're, 've, 'm, 'll and 'd, which most families make words. */
final class Contractions {
  private static final byte LONG_S_FIRST = (byte) 0xC5;
  private static final byte LONG_S_SECOND = (byte) 0xBF;

  private Contractions() {}

  /** The end of the ending that begins here, in small letters; {@code from} if there is none. */
  static int small(byte[] text, int from, int to) {
    if (from + 1 >= to || text[from] != '\'') {
      return from;
    }
    byte third = from + 2 < to ? text[from + 2] : 0;
    return from + length(text[from + 1], third);
  }

  /**
   * The end of the ending that begins here, in letters of any case; {@code from} if there is none.
   * The long s is an s, as Unicode folds case.
   */
  static int ofAnyCase(byte[] text, int from, int to) {
    if (from + 1 >= to || text[from] != '\'') {
      return from;
    }
    byte third = from + 2 < to ? text[from + 2] : 0;
    if (text[from + 1] == LONG_S_FIRST && third == LONG_S_SECOND) {
      return from + 3;
    }
    return from + length(lowered(text[from + 1]), lowered(third));
  }

  private static byte lowered(byte letter) {
    return letter >= 'A' && letter <= 'Z' ? (byte) (letter + 'a' - 'A') : letter;
  }

  private static int length(byte second, byte third) {
    return switch (second) {
      case 's', 't', 'm', 'd' -> 2;
      case 'r', 'v' -> third == 'e' ? 3 : 0;
      case 'l' -> third == 'l' ? 3 : 0;
      default -> 0;
    };
  }
}
