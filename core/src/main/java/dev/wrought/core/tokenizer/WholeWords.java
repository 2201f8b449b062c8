package dev.wrought.core.tokenizer;

/**
 * Words that become tokens without being merged, as tiktoken has it for all of a vocabulary.
 * Immutable and thread-safe.
 */
final class WholeWords {
  private final TokenList tokens;
  private final boolean byteLevel;

  /** No words. */
  WholeWords() {
    this(new TokenList(0), false);
  }

  /**
   * All tokens of a model. @param byteLevel whether they are written in the {@link ByteAlphabet}
   */
  WholeWords(TokenList tokens, boolean byteLevel) {
    this.tokens = tokens;
    this.byteLevel = byteLevel;
  }

  /** The word's token; -1 if it is none. */
  int find(byte[] text, int from, int to) {
    if (to - from > tokens.longest()) {
      return TokenList.NONE;
    }
    if (!byteLevel) {
      return tokens.find(text, from, to);
    }
    byte[] written = new byte[2 * (to - from)];
    return tokens.find(written, 0, ByteAlphabet.write(text, from, to, written));
  }
}
