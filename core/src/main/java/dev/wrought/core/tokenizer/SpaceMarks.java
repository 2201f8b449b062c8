package dev.wrought.core.tokenizer;

/**
 * Tells whether text with marked spaces may be cut before each run of marks although no rule says
 * so. Where no token has a mark after another character, no token lies across such a place, and
 * merges or best paths on its sides do not depend on each other: the tokens are the same, but words
 * can be remembered.
 *
 * <p>Not so where scores are summed up as 32-bit numbers: which of two equally good paths wins then
 * depends on how the sum of all before it was rounded.
 */
final class SpaceMarks {
  private SpaceMarks() {}

  static boolean beginWords(TokenizerParts parts) {
    String mark = parts.decoding().spaceMark();
    boolean independent =
        switch (parts.model()) {
          case BpeModel bpe -> !bpe.rules().wholeWords();
          case UnigramModel unigram -> !unigram.rules().singlePrecision();
        };
    if (mark.isEmpty() || !independent) {
      return false;
    }
    TokenList tokens = parts.model().tokens();
    boolean markIsToken = false;
    for (int id = 0; id < tokens.size(); id++) {
      if (tokens.has(id)) {
        String token = tokens.written(id);
        markIsToken |= token.equals(mark);
        int last = token.lastIndexOf(mark);
        if (last > 0 && !token.startsWith(mark.repeat(last / mark.length() + 1))) {
          return false;
        }
      }
    }
    return markIsToken;
  }
}
