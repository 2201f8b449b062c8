package dev.wrought.tokenizer.encoding;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;

/**
 * How much text a call may bring, in bytes of UTF-8: the answer is to fit the 4 MiB that a client
 * takes by default, and in the worst case a byte is a token with an id of three bytes.
 */
public final class TextLimits {
  /** Of the texts of one call. */
  public static final int LONGEST = 1 << 20;

  /** The same where each token comes with two offsets. */
  public static final int LONGEST_WITH_OFFSETS = 1 << 18;

  /** Of a text that is only counted. */
  public static final int LONGEST_COUNTED = 1 << 22;

  private TextLimits() {}

  public static int longest(boolean withOffsets) {
    return withOffsets ? LONGEST_WITH_OFFSETS : LONGEST;
  }

  /** Checks a text's length. @throws WroughtException INVALID_ARGUMENT */
  public static void check(String what, int bytes, int longest) {
    if (bytes > longest) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "%s: %d; 0 to %d are possible: send it in parts, or build a dataset"
              .formatted(what, bytes, longest));
    }
  }
}
