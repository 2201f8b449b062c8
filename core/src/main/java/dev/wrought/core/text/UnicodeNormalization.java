package dev.wrought.core.text;

import dev.wrought.core.text.AlignedText.Rewriting;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;

/**
 * Unicode normalization that knows where everything comes from: text is cut before each character
 * that never combines with what is before it, and normalized piece by piece. Most pieces are one
 * character that stays as it is.
 *
 * <p>Source: Unicode Standard Annex 15.
 */
final class UnicodeNormalization {
  /** What is below never combines with what is before it. */
  private static final int ASCII = 0x80;

  private final Normalizer.Form form;

  UnicodeNormalization(Normalizer.Form form) {
    this.form = form;
  }

  AlignedText apply(AlignedText text) {
    byte[] bytes = text.bytes();
    Rewriting result = text.rewriting();
    int copied = 0;
    for (int at = 0; at < text.length(); ) {
      int end = pieceEnd(bytes, at, text.length());
      if (end > at + 1) {
        byte[] normalized = normalized(bytes, at, end);
        if (!Arrays.equals(bytes, at, end, normalized, 0, normalized.length)) {
          result.copy(copied, at);
          result.put(normalized, at, end);
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

  /** A byte that is not UTF-8 is a piece; else a character and those that may combine with it. */
  private static int pieceEnd(byte[] bytes, int from, int to) {
    int length = Utf8.lengthAt(bytes, from, to);
    int at = from + Math.max(1, length);
    while (length > 0 && at < to && bytes[at] < 0) {
      int next = Utf8.sequenceLength(bytes, at, to);
      if (next == 0 || !combines(Utf8.codePoint(bytes, at, next))) {
        break;
      }
      at += next;
    }
    return at;
  }

  private byte[] normalized(byte[] bytes, int from, int to) {
    String piece = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    return Normalizer.normalize(piece, form).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Whether a character may change or move by normalization because of what is before it: marks,
   * the vowels and final consonants of Hangul, and what decomposes into such.
   */
  static boolean combines(int codePoint) {
    if (codePoint < ASCII) {
      return false;
    }
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      case Character.OTHER_LETTER, Character.MODIFIER_LETTER ->
          (codePoint >= 0x1160 && codePoint <= 0x11FF)
              || (codePoint >= 0x3130 && codePoint <= 0x318F)
              || (codePoint >= 0xFFA0 && codePoint <= 0xFFDC)
              || codePoint == 0xFF9E
              || codePoint == 0xFF9F
              || (codePoint >= 0x16D63 && codePoint <= 0x16D6A);
      default -> false;
    };
  }
}
