package dev.wrought.tokenizer.encoding;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.tokenizer.Encoding;
import dev.wrought.core.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Fills texts up to one length with a token that means nothing.
 *
 * @param length in tokens; 0: that of the longest text
 * @param multipleOf the length is rounded up to a multiple of this, from 1
 * @param left whether the filling goes before the text
 * @param id of the token
 */
public record Padding(int length, int multipleOf, boolean left, int id) {
  /** Longer ones would not fit an answer even alone. */
  private static final int LONGEST = TextLimits.LONGEST;

  public Padding {
    checkRange("length", length, 0, LONGEST);
    checkRange("multiple_of", multipleOf, 1, LONGEST);
  }

  /**
   * Checks what a caller asks for.
   *
   * @param multipleOf 0: any length will do
   * @param id the token; empty: the tokenizer's own for this
   * @throws WroughtException INVALID_ARGUMENT; FAILED_PRECONDITION where the tokenizer has none
   */
  public static Padding of(
      int length, int multipleOf, boolean left, OptionalInt id, Tokenizer tokenizer) {
    OptionalInt token = id.isPresent() ? id : tokenizer.roles().pad();
    if (token.isEmpty()) {
      throw new WroughtException(
          ErrorCode.FAILED_PRECONDITION,
          "the tokenizer names no token to fill texts up with: give padding.id");
    }
    checkRange("id", token.getAsInt(), 0, tokenizer.vocabularySize() - 1);
    return new Padding(length, multipleOf == 0 ? 1 : multipleOf, left, token.getAsInt());
  }

  private static void checkRange(String field, int actual, int least, int most) {
    if (actual < least || actual > most) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "padding.%s: %d; %d to %d are possible".formatted(field, actual, least, most));
    }
  }

  /** The length that all texts get. @param longest the most tokens that one has */
  public int target(int longest) {
    long wanted = length == 0 ? longest : length;
    return Math.toIntExact((wanted + multipleOf - 1) / multipleOf * multipleOf);
  }

  /**
   * A text's tokens, filled up.
   *
   * @param withOffsets whether they have offsets
   * @param textBytes the text's length, where the filling after it lies
   */
  public Encoding fill(Encoding text, int target, boolean withOffsets, int textBytes) {
    int place = left ? 0 : textBytes;
    return new Encoding(
        fill(text.ids(), target, id),
        withOffsets ? fill(text.starts(), target, place) : text.starts(),
        withOffsets ? fill(text.ends(), target, place) : text.ends());
  }

  private int[] fill(int[] values, int target, int filling) {
    int[] filled = new int[target];
    Arrays.fill(filled, filling);
    System.arraycopy(values, 0, filled, left ? target - values.length : 0, values.length);
    return filled;
  }
}
