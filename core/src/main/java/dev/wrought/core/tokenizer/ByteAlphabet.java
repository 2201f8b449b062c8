package dev.wrought.core.tokenizer;

import java.util.Arrays;
import java.util.Optional;

/**
 * GPT-2's way to write any byte as a printable character, so that a vocabulary of bytes fits in
 * JSON: bytes that are printable in Latin-1 stand for themselves, the others for U+0100 and up. A
 * space is written Ġ, a line feed Ċ.
 */
final class ByteAlphabet {
  static final int SIZE = 256;

  private static final char[] CHAR_OF_BYTE = new char[SIZE];
  private static final int[] BYTE_OF_CHAR = new int[2 * SIZE];

  static {
    Arrays.fill(BYTE_OF_CHAR, -1);
    char next = SIZE;
    for (int value = 0; value < SIZE; value++) {
      CHAR_OF_BYTE[value] = standsForItself(value) ? (char) value : next++;
      BYTE_OF_CHAR[CHAR_OF_BYTE[value]] = value;
    }
  }

  private ByteAlphabet() {}

  private static boolean standsForItself(int value) {
    return (value >= '!' && value <= '~') || (value >= 0xA1 && value != 0xAD);
  }

  /** All bytes in the order of their characters, which is the order of their ids in GPT-2. */
  static byte[][] inOrder() {
    byte[][] ordered = new byte[SIZE][];
    int at = 0;
    for (int value : BYTE_OF_CHAR) {
      if (value >= 0) {
        ordered[at++] = new byte[] {(byte) value};
      }
    }
    return ordered;
  }

  /** The bytes, written one character each. */
  static String write(byte[] bytes) {
    char[] chars = new char[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      chars[i] = CHAR_OF_BYTE[bytes[i] & 0xFF];
    }
    return new String(chars);
  }

  /**
   * Writes a part of some bytes so, in UTF-8: one or two bytes for each.
   *
   * @return how many bytes were written
   */
  static int write(byte[] bytes, int from, int to, byte[] out) {
    int length = 0;
    for (int at = from; at < to; at++) {
      int written = CHAR_OF_BYTE[bytes[at] & 0xFF];
      if (written < 0x80) {
        out[length++] = (byte) written;
      } else {
        out[length++] = (byte) (0xC0 | written >> 6);
        out[length++] = (byte) (0x80 | written & 0x3F);
      }
    }
    return length;
  }

  /** How many bytes {@link #write(byte[], int, int, byte[])} writes for one, 1 or 2. */
  static int writtenLength(byte value) {
    return CHAR_OF_BYTE[value & 0xFF] < 0x80 ? 1 : 2;
  }

  /** The bytes that were written so; empty if a character stands for none. */
  static Optional<byte[]> read(String written) {
    byte[] bytes = new byte[written.length()];
    for (int i = 0; i < bytes.length; i++) {
      char c = written.charAt(i);
      int value = c < BYTE_OF_CHAR.length ? BYTE_OF_CHAR[c] : -1;
      if (value < 0) {
        return Optional.empty();
      }
      bytes[i] = (byte) value;
    }
    return Optional.of(bytes);
  }
}
