package dev.wrought.core.tokenizer;

import java.util.HexFormat;
import java.util.Optional;

/** The tokens of single bytes in vocabularies of characters: {@code <0x00>} to {@code <0xFF>}. */
final class ByteFallback {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private ByteFallback() {}

  static String write(int value) {
    return "<0x" + HEX.toHexDigits((byte) value) + ">";
  }

  /** The byte that a token stands for; empty if it is not such a token. */
  static Optional<byte[]> read(String token) {
    if (token.length() != 6 || !token.startsWith("<0x") || !token.endsWith(">")) {
      return Optional.empty();
    }
    int high = Character.digit(token.charAt(3), 16);
    int low = Character.digit(token.charAt(4), 16);
    return high < 0 || low < 0
        ? Optional.empty()
        : Optional.of(new byte[] {(byte) (high << 4 | low)});
  }

  /** By byte, its token's id; empty unless every byte has one. */
  static Optional<int[]> ids(TokenList tokens) {
    int[] byteIds = new int[ByteAlphabet.SIZE];
    for (int value = 0; value < byteIds.length; value++) {
      byteIds[value] = tokens.find(write(value));
      if (byteIds[value] == TokenList.NONE) {
        return Optional.empty();
      }
    }
    return Optional.of(byteIds);
  }
}
