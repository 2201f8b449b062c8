package dev.wrought.core.tokenizer;

/**
 * Tells whether text with marked spaces may be cut before each run of marks although no rule says
 * so. Where no token has a mark after another character, no token lies across such a place, and
 * merges or best paths on its sides do not depend on each other: the tokens are the same, but words
 * can be remembered.
 */
final class SpaceMarks {
  private SpaceMarks() {}

  static boolean beginWords(TokenizerParts parts) {
    String mark = parts.decoding().spaceMark();
    boolean wholeWords = parts.model() instanceof BpeModel bpe && bpe.rules().wholeWords();
    if (mark.isEmpty() || wholeWords) {
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
