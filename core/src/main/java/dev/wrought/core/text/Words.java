package dev.wrought.core.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Words as people count them, for figures such as words per 100 tokens.
 *
 * <p>Eight ASCII characters are looked at as one long: character by character, counting was a
 * seventh of all the work of building a dataset.
 */
public final class Words {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long EACH = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Words() {}

  /** How many runs of other than white space there are. */
  public static long count(byte[] utf8) {
    long words = 0;
    long before = 1; // the highest bit of the last character: whether it was white space
    int at = 0;
    while (at < utf8.length) {
      long eight = at + Long.BYTES <= utf8.length ? (long) LONGS.get(utf8, at) : HIGH_BITS;
      if ((eight & HIGH_BITS) == 0) {
        long spaces = spaces(eight);
        words += Long.bitCount(~spaces & (spaces << 8 | before << 7) & HIGH_BITS);
        before = spaces >>> 63;
        at += Long.BYTES;
      } else {
        int found = Utf8Classes.at(utf8, at, utf8.length);
        long space = Utf8Classes.in(found, Utf8Classes.WHITE_SPACE) ? 1 : 0;
        words += before & ~space;
        before = space;
        at += Utf8Classes.length(found);
      }
    }
    return words;
  }

  /** The high bit of each byte that is a space or from \t to \r; of ASCII, no sum overflows. */
  private static long spaces(long ascii) {
    long notBlank = (ascii ^ ' ' * EACH) + 0x7F * EACH;
    long fromTab = ascii + (0x80 - '\t') * EACH;
    long afterReturn = ascii + (0x80 - '\r' - 1) * EACH;
    return (~notBlank | (fromTab & ~afterReturn)) & HIGH_BITS;
  }
}
