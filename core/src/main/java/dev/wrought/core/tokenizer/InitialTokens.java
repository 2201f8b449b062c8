package dev.wrought.core.tokenizer;

import dev.wrought.core.text.Utf8;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a word begins as, before anything merges. */
sealed interface InitialTokens {
  /**
   * Writes a word's tokens, at most one a byte, and where each ends in the text.
   *
   * @return how many
   */
  int write(byte[] text, int from, int to, int[] ids, int[] ends);

  /** Whether each byte has a token, and begins as that. */
  default boolean areAllBytes() {
    return false;
  }

  /** In place of an id, where there is no token. */
  int NONE = -1;

  /**
   * One token a byte.
   *
   * @param byteIds by byte; {@link #NONE} for one that has no token, and is left out
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record OfBytes(int[] byteIds) implements InitialTokens {
    /**
     * @param tokens written in the {@link ByteAlphabet}
     */
    static OfBytes of(TokenList tokens) {
      int[] byteIds = new int[ByteAlphabet.SIZE];
      for (int value = 0; value < byteIds.length; value++) {
        byteIds[value] = tokens.find(ByteAlphabet.write(new byte[] {(byte) value}));
      }
      return new OfBytes(byteIds);
    }

    @Override
    public boolean areAllBytes() {
      return Arrays.stream(byteIds).allMatch(id -> id != NONE);
    }

    @Override
    public int write(byte[] text, int from, int to, int[] ids, int[] ends) {
      int count = 0;
      for (int at = from; at < to; at++) {
        int id = byteIds[text[at] & 0xFF];
        if (id != NONE) {
          ids[count] = id;
          ends[count++] = at + 1;
        }
      }
      return count;
    }
  }

  /**
   * One token a character; one that has none becomes its bytes' or the unknown token, or nothing.
   * Bytes that are not UTF-8 have none.
   */
  final class OfCharacters implements InitialTokens {
    private static final int TABLE = 1 << 16;

    /** By code point of the basic plane; NONE if it has no token. */
    private final int[] basicPlane = new int[TABLE];

    private final Map<Integer, Integer> beyond = new HashMap<>();
    private final Optional<int[]> byteIds;
    private final int unknown;
    private final boolean fuseUnknown;

    /**
     * @param byteIds tokens of the bytes of characters without token
     * @param unknown token of such characters where bytes have none
     */
    OfCharacters(
        TokenList tokens, Optional<int[]> byteIds, Optional<Integer> unknown, boolean fuseUnknown) {
      this.byteIds = byteIds;
      this.unknown = unknown.orElse(NONE);
      this.fuseUnknown = fuseUnknown;
      Arrays.fill(basicPlane, NONE);
      for (int id = 0; id < tokens.size(); id++) {
        if (tokens.has(id)) {
          add(tokens.utf8(id), id);
        }
      }
    }

    private void add(byte[] token, int id) {
      if (token.length == 0 || Utf8.lengthAt(token, 0, token.length) != token.length) {
        return;
      }
      int codePoint = Utf8.codePointAt(token, 0, token.length);
      if (codePoint < TABLE) {
        basicPlane[codePoint] = id;
      } else {
        beyond.put(codePoint, id);
      }
    }

    @Override
    public int write(byte[] text, int from, int to, int[] ids, int[] ends) {
      int count = 0;
      boolean inUnknown = false;
      for (int at = from; at < to; ) {
        int length = Utf8.lengthAt(text, at, to);
        int end = at + Math.max(1, length);
        int id = length == 0 ? NONE : idOf(Utf8.codePointAt(text, at, length));
        boolean known = id != NONE;
        if (known) {
          ids[count] = id;
          ends[count++] = end;
        } else if (byteIds.isPresent()) {
          for (int each = at; each < end; each++) {
            ids[count] = byteIds.get()[text[each] & 0xFF];
            ends[count++] = each + 1;
          }
        } else if (inUnknown && fuseUnknown) {
          ends[count - 1] = end;
        } else if (unknown != NONE) {
          ids[count] = unknown;
          ends[count++] = end;
        }
        inUnknown = !known && unknown != NONE;
        at = end;
      }
      return count;
    }

    private int idOf(int codePoint) {
      return codePoint < TABLE ? basicPlane[codePoint] : beyond.getOrDefault(codePoint, NONE);
    }
  }
}
