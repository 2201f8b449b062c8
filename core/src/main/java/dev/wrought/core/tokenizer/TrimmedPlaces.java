package dev.wrought.core.tokenizer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wrought.core.text.Characters;
import java.util.BitSet;

/**
 * Which tokens' places in a text are without the spaces at their ends: what {@code trim_offsets} in
 * a {@code tokenizer.json} asks for, so that a place is that of a word.
 */
public enum TrimmedPlaces {
  /** None: a token's place is all that it stands for. */
  NONE,

  ALL,

  /** All but those that begin the text with one space, which may have been put there. */
  ALL_BUT_AT_THE_BEGINNING;

  private static final char WRITTEN_SPACE = ByteAlphabet.write(new byte[] {' '}).charAt(0);

  /**
   * The same tokens in trimmed places.
   *
   * @param tokens as they are written
   * @param added those outside the model, which may have taken white space along
   */
  Encoding of(Encoding encoding, Vocabulary tokens, BitSet added, byte[] text) {
    if (this == NONE) {
      return encoding;
    }
    int[] starts = encoding.starts().clone();
    int[] ends = encoding.ends().clone();
    for (int token = 0; token < starts.length; token++) {
      int id = encoding.ids()[token];
      String written =
          added.get(id)
              ? new String(text, starts[token], ends[token] - starts[token], UTF_8)
              : tokens.written(id);
      int leading = leadingSpaces(written);
      boolean first = token == 0 || starts[token] == 0;
      if (this == ALL || !first || leading > 1) {
        for (int space = 0; space < leading && starts[token] < ends[token]; space++) {
          starts[token] = Characters.after(text, starts[token], ends[token]);
        }
      }
      for (int space = trailingSpaces(written); space > 0 && ends[token] > starts[token]; space--) {
        ends[token] = Characters.before(text, starts[token], ends[token]);
      }
    }
    return new Encoding(encoding.ids(), starts, ends);
  }

  private static int leadingSpaces(String written) {
    return (int) written.codePoints().takeWhile(TrimmedPlaces::isSpace).count();
  }

  private static int trailingSpaces(String written) {
    return leadingSpaces(new StringBuilder(written).reverse().toString());
  }

  private static boolean isSpace(int written) {
    return written == WRITTEN_SPACE || Characters.isSpace(written);
  }
}
