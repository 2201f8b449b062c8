package dev.wrought.core.tokenizer;

import java.util.Arrays;

/**
 * A text as tokens, and where in the text each comes from: its bytes from {@code starts[i]} to
 * {@code ends[i]}, exclusive. A special token that was put at an end of the text, or padding, comes
 * from an empty place there. Of text that its tokenizer changed, a token's place is that of all
 * that its bytes came from; tokens then may share one. Where a file asks for it ({@link
 * TrimmedPlaces}), the spaces at the ends of a token are no part of its place.
 */
@SuppressWarnings("ArrayRecordComponent") // Made anew for each call.
public record Encoding(int[] ids, int[] starts, int[] ends) {
  /** How many tokens there are. */
  public int size() {
    return ids.length;
  }

  /** The tokens from one to another, exclusive. */
  Encoding part(int from, int to) {
    return new Encoding(
        Arrays.copyOfRange(ids, from, to),
        Arrays.copyOfRange(starts, from, to),
        Arrays.copyOfRange(ends, from, to));
  }
}
