package dev.wrought.tokenizer.encoding;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.text.WholeCharacters;
import dev.wrought.core.tokenizer.Decoder;
import dev.wrought.core.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.List;

/** Tokens that come in parts, as text in whole characters. For one thread and one text. */
public final class TokenText {
  private static final int MOST_IDS = 1_000_000;

  /** Of one part: a token may have hundreds of bytes. */
  private static final int MOST_BYTES = 4 << 20;

  private final Decoder decoder;
  private final WholeCharacters characters = new WholeCharacters();

  /**
   * @param skipSpecial whether special tokens are left out of the text
   */
  public TokenText(Tokenizer tokenizer, boolean skipSpecial) {
    this.decoder = tokenizer.decoder(skipSpecial);
  }

  /**
   * A part of the text.
   *
   * @param pieces what each token adds to the bytes
   * @param text in whole characters; bytes that are no UTF-8 are U+FFFD
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  public record Part(byte[] bytes, List<byte[]> pieces, String text) {}

  /**
   * Takes further tokens.
   *
   * @return the bytes of them all, and the characters that they complete
   * @throws WroughtException INVALID_ARGUMENT for an id that does not exist, and for too many
   */
  public Part add(List<Integer> ids) {
    check("the number of ids", ids.size(), MOST_IDS);
    byte[][] pieces = new byte[ids.size()][];
    int length = 0;
    for (int i = 0; i < pieces.length; i++) {
      pieces[i] = decoder.next(ids.get(i));
      length += pieces[i].length;
      check("the bytes of the ids' text", length, MOST_BYTES);
    }
    byte[] bytes = joined(pieces, length);
    return new Part(bytes, Arrays.asList(pieces), characters.add(bytes));
  }

  /** The text is over. @return U+FFFD where it ends within a character, else nothing */
  public String end() {
    return characters.end();
  }

  private static byte[] joined(byte[][] pieces, int length) {
    byte[] bytes = new byte[length];
    int at = 0;
    for (byte[] piece : pieces) {
      System.arraycopy(piece, 0, bytes, at, piece.length);
      at += piece.length;
    }
    return bytes;
  }

  private static void check(String what, int actual, int most) {
    if (actual > most) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "%s: %d; 0 to %d are possible: send them in parts, or by DecodeStream"
              .formatted(what, actual, most));
    }
  }
}
