package dev.wrought.core.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How tokens become text again.
 *
 * @param spaceMark what stands for a space in tokens; empty: spaces stand for themselves
 * @param dropFirstSpace whether encoding puts a space before the text, which decoding takes away
 */
record Decoding(String spaceMark, boolean dropFirstSpace) {
  /** Tokens are the text. */
  static final Decoding PLAIN = new Decoding("", false);

  /** What a token's bytes are in decoded text. */
  byte[] bytesOf(byte[] token) {
    byte[] mark = spaceMark.getBytes(StandardCharsets.UTF_8);
    if (mark.length == 0 || token.length < mark.length) {
      return token;
    }
    byte[] result = new byte[token.length];
    int size = 0;
    for (int at = 0; at < token.length; ) {
      boolean marked =
          at + mark.length <= token.length
              && Arrays.equals(token, at, at + mark.length, mark, 0, mark.length);
      result[size++] = marked ? (byte) ' ' : token[at];
      at += marked ? mark.length : 1;
    }
    return Arrays.copyOf(result, size);
  }
}
