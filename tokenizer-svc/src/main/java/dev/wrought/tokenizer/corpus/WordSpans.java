package dev.wrought.tokenizer.corpus;

import java.util.Arrays;

/**
 * Where the words of a text lie: runs of other than white space.
 *
 * @param bounds the first character of each word and the one after its last, alternating
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record WordSpans(String text, int[] bounds) {
  private static final boolean[] LATIN_SPACE = new boolean[256];

  static {
    for (char c = 0; c < LATIN_SPACE.length; c++) {
      LATIN_SPACE[c] = Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
    }
  }

  static WordSpans of(String text) {
    int[] bounds = new int[64];
    int found = 0;
    boolean within = false;
    for (int i = 0; i <= text.length(); i++) {
      boolean word = i < text.length() && !isSpace(text.charAt(i));
      if (word != within) {
        if (found == bounds.length) {
          bounds = Arrays.copyOf(bounds, 2 * found);
        }
        bounds[found++] = i;
        within = word;
      }
    }
    return new WordSpans(text, Arrays.copyOf(bounds, found));
  }

  private static boolean isSpace(char c) {
    return c < LATIN_SPACE.length ? LATIN_SPACE[c] : Character.isWhitespace(c);
  }

  int count() {
    return bounds.length / 2;
  }

  int start(int word) {
    return bounds[2 * word];
  }

  int end(int word) {
    return bounds[2 * word + 1];
  }

  int length(int word) {
    return end(word) - start(word);
  }

  /** How many characters all words have. */
  long characters() {
    long characters = 0;
    for (int word = 0; word < count(); word++) {
      characters += length(word);
    }
    return characters;
  }

  String word(int word) {
    return text.substring(start(word), end(word));
  }

  /** A hash of each word, equal for equal ones. */
  long[] hashes() {
    long[] hashes = new long[count()];
    for (int word = 0; word < hashes.length; word++) {
      long hash = 0;
      for (int i = start(word); i < end(word); i++) {
        hash = (hash ^ text.charAt(i)) * 0x9E3779B97F4A7C15L;
        hash ^= hash >>> 32;
      }
      hashes[word] = hash;
    }
    return hashes;
  }
}
