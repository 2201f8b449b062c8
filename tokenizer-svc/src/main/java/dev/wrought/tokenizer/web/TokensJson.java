package dev.wrought.tokenizer.web;

import dev.wrought.core.tokenizer.Encoding;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.tokenizer.encoding.TextCounts;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A text's tokens as the page shows them.
 *
 * @param counts of the whole text
 * @param tokens the first of them
 */
record TokensJson(Of tokenizer, TextCounts counts, Columns tokens) {
  /** The tokenizer. */
  record Of(String name, String digest, String model, int vocabularySize) {}

  /**
   * Tokens in columns of one length.
   *
   * @param start, end of the place in the text's UTF-8 that each comes from
   * @param bytes that each stands for, in hex
   */
  @SuppressWarnings("ArrayRecordComponent") // Written once, never compared.
  record Columns(int[] id, int[] start, int[] end, List<String> bytes, List<Boolean> special) {}

  static TokensJson of(
      String name, Tokenizer tokenizer, byte[] text, Encoding encoding, int shown) {
    int listed = Math.min(shown, encoding.size());
    int[] ids = Arrays.copyOf(encoding.ids(), listed);
    Columns columns =
        new Columns(
            ids,
            Arrays.copyOf(encoding.starts(), listed),
            Arrays.copyOf(encoding.ends(), listed),
            IntStream.of(ids)
                .mapToObj(id -> HexFormat.of().formatHex(tokenizer.bytesOf(id)))
                .toList(),
            IntStream.of(ids).mapToObj(tokenizer::isSpecial).toList());
    return new TokensJson(
        new Of(name, tokenizer.digest(), tokenizer.model(), tokenizer.vocabularySize()),
        TextCounts.of(text, encoding.size()),
        columns);
  }
}
