package dev.wrought.core.tokenizer;

import java.nio.charset.StandardCharsets;

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
    byte[] written = mark.getBytes(StandardCharsets.UTF_8);
    TokenList tokens = parts.model().tokens();
    for (int id = 0; id < tokens.size(); id++) {
      if (tokens.has(id) && hasMarkWithin(tokens.utf8(id), written)) {
        return false;
      }
    }
    return tokens.find(mark) != TokenList.NONE;
  }

  /** Whether there is a mark after something else. */
  private static boolean hasMarkWithin(byte[] token, byte[] mark) {
    int at = 0;
    while (isAt(token, at, mark)) {
      at += mark.length;
    }
    while (at < token.length && !isAt(token, at, mark)) {
      at++;
    }
    return at < token.length;
  }

  private static boolean isAt(byte[] token, int at, byte[] mark) {
    int same = 0;
    while (same < mark.length && at + same < token.length && token[at + same] == mark[same]) {
      same++;
    }
    return same == mark.length;
  }
}
