package dev.wrought.core.text;

import dev.wrought.core.text.AlignedText.Rewriting;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The characters of UTF-8 text, one by one. */
public final class Characters {
  private static final int NOT_A_CHARACTER = 0xFFFD;

  private Characters() {}

  /** What becomes of a character; empty: it stays. */
  interface Change {
    Optional<String> of(int codePoint);
  }

  /** The text with characters changed. */
  static AlignedText replaced(AlignedText text, Change change) {
    byte[] bytes = text.bytes();
    Rewriting result = text.rewriting();
    int copied = 0;
    for (int at = 0; at < text.length(); ) {
      int length = Utf8.lengthAt(bytes, at, text.length());
      int end = at + Math.max(1, length);
      if (length > 0) {
        Optional<String> changed = change.of(Utf8.codePointAt(bytes, at, length));
        if (changed.isPresent()) {
          result.copy(copied, at);
          result.put(changed.get().getBytes(StandardCharsets.UTF_8), at, end);
          copied = end;
        }
      }
      at = end;
    }
    if (copied == 0) {
      return text;
    }
    result.copy(copied, text.length());
    return result.done();
  }

  /** The characters, U+FFFD for each byte that is none. */
  static String string(AlignedText text) {
    StringBuilder characters = new StringBuilder(text.length());
    for (int at = 0; at < text.length(); ) {
      int length = Utf8.lengthAt(text.bytes(), at, text.length());
      characters.appendCodePoint(
          length == 0 ? NOT_A_CHARACTER : Utf8.codePointAt(text.bytes(), at, length));
      at += Math.max(1, length);
    }
    return characters.toString();
  }

  /** Where the character ends that begins here, or the byte if none does. */
  public static int after(byte[] text, int at, int to) {
    return at + Utf8Classes.length(Utf8Classes.at(text, at, to));
  }

  /** Whether it is white space, as \s in patterns. */
  public static boolean isSpace(int codePoint) {
    return UnicodeSets.WHITE_SPACE.contains(codePoint);
  }

  /** Where the character begins that ends at {@code to}; {@code from} at the beginning. */
  public static int before(byte[] text, int from, int to) {
    for (int length = 2; length <= 4 && to - length >= from; length++) {
      if (text[to - length] < 0 && Utf8.sequenceLength(text, to - length, to) == length) {
        return to - length;
      }
    }
    return Math.max(from, to - 1);
  }

  /** Where the white space ends that begins here; {@code from} if there is none. */
  public static int spaceEnd(byte[] text, int from, int to) {
    return Utf8Classes.run(text, from, to, Utf8Classes.WHITE_SPACE);
  }

  /** Where the white space begins that ends at {@code to}; that if there is none. */
  public static int spaceStart(byte[] text, int from, int to) {
    int start = to;
    while (start > from) {
      int last = before(text, from, start);
      if (!Utf8Classes.in(Utf8Classes.at(text, last, start), Utf8Classes.WHITE_SPACE)) {
        return start;
      }
      start = last;
    }
    return start;
  }

  /** Whether a character that words are made of (\w in patterns) begins here. */
  public static boolean isWordAt(byte[] text, int at, int to) {
    if (at >= to) {
      return false;
    }
    int length = Utf8.lengthAt(text, at, to);
    return length > 0 && UnicodeSets.word().contains(Utf8.codePointAt(text, at, length));
  }

  /** Whether such a character ends here. */
  public static boolean isWordBefore(byte[] text, int from, int at) {
    return at > from && isWordAt(text, before(text, from, at), at);
  }
}
