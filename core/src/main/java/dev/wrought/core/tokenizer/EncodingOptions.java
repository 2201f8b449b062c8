package dev.wrought.core.tokenizer;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;

/**
 * How a text is to be encoded.
 *
 * @param allowSpecial special tokens written in the text become their ids; else they are plain text
 * @param addSpecial the text gets the special tokens at its ends that its tokenizer says, such as
 *     the beginning of a sequence
 * @param mostTokens what is beyond is left out, special tokens at the ends are kept; 0: nothing
 * @param truncateLeft whether what is left out is the beginning
 */
public record EncodingOptions(
    boolean allowSpecial, boolean addSpecial, int mostTokens, boolean truncateLeft) {
  /** The text and nothing else. */
  public static final EncodingOptions PLAIN = new EncodingOptions(false, false, 0, false);

  public EncodingOptions {
    if (mostTokens < 0) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "a text is to have at most %d tokens; it must be 0, for all, or more"
              .formatted(mostTokens));
    }
  }

  public EncodingOptions withAllowSpecial(boolean allowSpecial) {
    return new EncodingOptions(allowSpecial, addSpecial, mostTokens, truncateLeft);
  }

  public EncodingOptions withAddSpecial(boolean addSpecial) {
    return new EncodingOptions(allowSpecial, addSpecial, mostTokens, truncateLeft);
  }

  public EncodingOptions withMostTokens(int mostTokens) {
    return new EncodingOptions(allowSpecial, addSpecial, mostTokens, truncateLeft);
  }
}
