package dev.wrought.tokenizer.encoding;

import dev.wrought.core.text.Utf8;
import dev.wrought.core.text.Words;

/**
 * How long a text is.
 *
 * @param characters Unicode code points; a byte that is no UTF-8 counts as one
 * @param words runs of other than white space
 */
public record TextCounts(int tokens, int bytes, int characters, long words) {
  /** Of a text that has so many tokens. */
  public static TextCounts of(byte[] utf8, int tokens) {
    return new TextCounts(tokens, utf8.length, Utf8.characters(utf8), Words.count(utf8));
  }
}
