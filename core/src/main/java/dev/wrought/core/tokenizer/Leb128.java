package dev.wrought.core.tokenizer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Whole numbers from 0 in as few bytes as they need: seven bits a byte, the lowest first. */
final class Leb128 {
  private static final int MORE = 0x80;

  private Leb128() {}

  static void write(OutputStream out, long number) throws IOException {
    long rest = number;
    while (rest >= MORE) {
      out.write((int) rest | MORE);
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  static long read(InputStream in) throws IOException {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("the file ends within a number");
      }
      number |= (long) (next & ~MORE) << shift;
      if (next < MORE) {
        return number;
      }
    }
    throw new IOException("a number has more than ten bytes");
  }

  /** A number that an int holds. */
  static int readInt(InputStream in) throws IOException {
    long number = read(in);
    if (number != (int) number || number < 0) {
      throw new IOException(number + " where a number below 2^31 is due");
    }
    return (int) number;
  }
}
