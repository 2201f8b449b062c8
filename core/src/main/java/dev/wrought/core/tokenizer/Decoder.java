package dev.wrought.core.tokenizer;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntFunction;

/** Turns tokens into text one after the other. For one thread and one text. */
public final class Decoder {
  private static final byte[] NOTHING = {};

  private final IntFunction<byte[]> bytes;
  private final BitSet skipped;
  private boolean dropSpace;

  /**
   * @param dropFirstSpace whether a space at the beginning was put there by encoding
   */
  Decoder(IntFunction<byte[]> bytes, BitSet skipped, boolean dropFirstSpace) {
    this.bytes = bytes;
    this.skipped = skipped;
    this.dropSpace = dropFirstSpace;
  }

  /**
   * The bytes of the next token, not to be changed; they may end within a UTF-8 character.
   *
   * @throws dev.wrought.core.error.WroughtException INVALID_ARGUMENT for an id that does not exist
   */
  public byte[] next(int id) {
    byte[] token = bytes.apply(id);
    if (skipped.get(id) || token.length == 0) {
      return NOTHING;
    }
    boolean drop = dropSpace && token[0] == ' ';
    dropSpace = false;
    return drop ? Arrays.copyOfRange(token, 1, token.length) : token;
  }
}
