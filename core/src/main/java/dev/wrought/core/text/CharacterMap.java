package dev.wrought.core.text;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.text.AlignedText.Rewriting;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.text.BreakIterator;
import java.util.Arrays;
import java.util.Locale;

/**
 * SentencePiece's table of characters and what becomes of them, such as nmt_nfkc: a double-array
 * trie of byte sequences, whose values point into a pool of replacements. Immutable.
 *
 * <p>The file's form: the trie's length in bytes, the trie's units of 32 bits, the pool, in which
 * each replacement ends with a zero byte; little-endian. A unit holds the byte that leads to it
 * (or, with the highest bit set, a value), whether a value lies below it, and where its children
 * are.
 *
 * <p>Source: SentencePiece, normalizer.cc; Yata, "darts-clone".
 */
public final class CharacterMap {
  private static final int IS_VALUE = 1 << 31;
  private static final int BYTE_OR_VALUE = IS_VALUE | 0xFF;
  private static final int HAS_VALUE = 1 << 8;
  private static final int FAR = 1 << 9;

  /** Hugging Face's library looks graphemes of fewer bytes up as a whole. */
  private static final int LONG_GRAPHEME = 6;

  private final byte[] file;
  private final int[] units;
  private final int poolStart;

  /**
   * @throws WroughtException CORRUPT_FILE if its lengths do not fit
   */
  public CharacterMap(byte[] file) {
    this.file = file.clone();
    ByteBuffer buffer = ByteBuffer.wrap(this.file).order(ByteOrder.LITTLE_ENDIAN);
    long trieBytes = file.length < 4 ? -1 : Integer.toUnsignedLong(buffer.getInt());
    if (trieBytes < 4 || trieBytes % 4 != 0 || trieBytes > file.length - 4) {
      throw new WroughtException(
          ErrorCode.CORRUPT_FILE,
          "the table of characters has %d bytes and says that its trie has %d; a multiple of 4, up to %d, is possible"
              .formatted(file.length, trieBytes, file.length - 4));
    }
    this.units = new int[(int) trieBytes / 4];
    buffer.asIntBuffer().get(units);
    this.poolStart = 4 + (int) trieBytes;
  }

  /** The table as files have it. */
  public byte[] file() {
    return file.clone();
  }

  /** Replaces, at each place, the longest sequence that is in the table. */
  AlignedText applyLongest(AlignedText text) {
    byte[] bytes = text.bytes();
    Rewriting result = text.rewriting();
    int copied = 0;
    for (int at = 0; at < text.length(); ) {
      long found = search(bytes, at, text.length(), true);
      if (found >= 0) {
        int end = (int) (found >>> 32);
        result.copy(copied, at);
        result.put(replacement((int) found), at, end);
        copied = end;
        at = end;
      } else {
        at += Math.max(1, Utf8Classes.length(Utf8Classes.at(bytes, at, text.length())));
      }
    }
    result.copy(copied, text.length());
    return result.done();
  }

  /** Replaces graphemes of up to 5 bytes, and the characters of others one by one. */
  AlignedText applyByGrapheme(AlignedText text) {
    String characters = Characters.string(text);
    BreakIterator graphemes = BreakIterator.getCharacterInstance(Locale.ROOT);
    graphemes.setText(characters);
    Rewriting result = text.rewriting();
    int at = 0;
    int first = graphemes.first();
    for (int next = graphemes.next(); next != BreakIterator.DONE; next = graphemes.next()) {
      int end = at;
      for (int left = characters.codePointCount(first, next); left > 0; left--) {
        end += Utf8Classes.length(Utf8Classes.at(text.bytes(), end, text.length()));
      }
      if (end - at >= LONG_GRAPHEME || !replace(text, at, end, result)) {
        replaceEach(text, at, end, result);
      }
      first = next;
      at = end;
    }
    return result.done();
  }

  private void replaceEach(AlignedText text, int from, int to, Rewriting result) {
    for (int at = from; at < to; ) {
      int end = at + Utf8Classes.length(Utf8Classes.at(text.bytes(), at, to));
      if (!replace(text, at, end, result)) {
        result.copy(at, end);
      }
      at = end;
    }
  }

  /** Puts what the shortest entry that begins the part says in place of all of it. */
  private boolean replace(AlignedText text, int from, int to, Rewriting result) {
    long found = search(text.bytes(), from, to, false);
    if (found < 0) {
      return false;
    }
    result.put(replacement((int) found), from, to);
    return true;
  }

  /**
   * Looks an entry up.
   *
   * @return its end in the upper and its place in the pool in the lower half; -1 if there is none
   */
  private long search(byte[] text, int from, int to, boolean longest) {
    long found = -1;
    int node = children(0, unit(0));
    for (int at = from; at < to; at++) {
      int next = text[at] & 0xFF;
      node ^= next;
      int unit = unit(node);
      if (next == 0 || (unit & BYTE_OR_VALUE) != next) {
        break;
      }
      node = children(node, unit);
      if ((unit & HAS_VALUE) != 0) {
        found = (long) (at + 1) << 32 | (unit(node) & ~IS_VALUE);
        if (!longest) {
          break;
        }
      }
    }
    return found;
  }

  private static int children(int node, int unit) {
    return node ^ (unit >>> 10 << ((unit & FAR) >>> 6));
  }

  private int unit(int node) {
    if (node < 0 || node >= units.length) {
      throw damaged("a node beyond its end");
    }
    return units[node];
  }

  private byte[] replacement(int offset) {
    if (offset >= file.length - poolStart) {
      throw damaged("a replacement beyond its end");
    }
    int from = poolStart + offset;
    int end = from;
    while (end < file.length && file[end] != 0) {
      end++;
    }
    return Arrays.copyOfRange(file, from, end);
  }

  private static WroughtException damaged(String why) {
    return new WroughtException(ErrorCode.CORRUPT_FILE, "the table of characters points to " + why);
  }
}
