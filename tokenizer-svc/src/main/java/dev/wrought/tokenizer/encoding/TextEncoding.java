package dev.wrought.tokenizer.encoding;

import dev.wrought.core.tokenizer.Encoding;
import dev.wrought.core.tokenizer.EncodingOptions;
import dev.wrought.core.tokenizer.Tokenizer;

/**
 * How texts become tokens.
 *
 * @param withOffsets whether to tell where in the text each comes from; else no encoding has any
 */
public record TextEncoding(Tokenizer tokenizer, EncodingOptions options, boolean withOffsets) {
  private static final int[] NONE = {};

  /** A text's tokens. */
  public Encoding of(byte[] utf8) {
    return withOffsets
        ? tokenizer.encodeWithOffsets(utf8, options)
        : new Encoding(tokenizer.encode(utf8, options), NONE, NONE);
  }
}
