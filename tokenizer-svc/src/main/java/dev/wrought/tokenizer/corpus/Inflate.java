package dev.wrought.tokenizer.corpus;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.ZipException;

/**
 * Unpacks deflated data that is whole in memory, into memory. It takes two thirds of the time of
 * the JDK's, which was a seventh of a build from a zip: it keeps up to 63 bits at hand, of which it
 * takes several symbols, and copies eight bytes at once. Its tables and its memory are reused. For
 * one thread.
 *
 * <p>Source: RFC 1951.
 */
final class Inflate {
  /** What is packed must have so many bytes behind it, of any value. */
  static final int SLACK = 32;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** In what order the lengths of the codes of code lengths come. */
  private static final byte[] ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };

  private static final int LITERALS = 288;
  private static final int LITERAL_BITS = 10;
  private static final int DISTANCES = 32;
  private static final int DISTANCE_BITS = 8;
  private static final int LENGTH_BITS = 7;

  private final HuffmanTable codeLengths =
      new HuffmanTable(LENGTH_BITS, HuffmanTable.numbers(ORDER.length));
  private final HuffmanTable literals = new HuffmanTable(LITERAL_BITS, HuffmanTable.literals());
  private final HuffmanTable distances = new HuffmanTable(DISTANCE_BITS, HuffmanTable.distances());
  private final byte[] lengths = new byte[LITERALS + DISTANCES];
  private byte[] in = {};
  private int at;
  private int end;
  private long bits;
  private int count;
  private byte[] out = {};
  private int size;
  private int written;

  /**
   * Unpacks all of a piece of memory.
   *
   * @param packed with {@link #SLACK} bytes behind what is packed
   * @param unpackedBytes how many must come of it
   * @throws ZipException if it is not intact, or gives another number of bytes
   */
  byte[] unpack(byte[] packed, int from, int to, int unpackedBytes) throws ZipException {
    in = packed;
    at = from;
    end = to;
    bits = 0;
    count = 0;
    size = unpackedBytes;
    written = 0;
    if (out.length < size + SLACK) {
      out = new byte[size + SLACK];
    }
    boolean last;
    do {
      refill();
      last = take(1) == 1;
      switch (take(2)) {
        case 0 -> copyStored();
        case 1 -> {
          readFixedCodes();
          unpackBlock();
        }
        case 2 -> {
          readCodes();
          unpackBlock();
        }
        default -> throw damaged("a block is of no known kind");
      }
    } while (!last);
    if (at - count / Byte.SIZE > end) {
      throw endsEarly();
    }
    if (written != size) {
      throw damaged("it has %d bytes where %d are announced".formatted(written, size));
    }
    return Arrays.copyOf(out, size);
  }

  /** Gives at least 56 bits, zeros behind the end. */
  private void refill() throws ZipException {
    if (at > end + Long.BYTES) {
      throw endsEarly();
    }
    bits |= (long) LONGS.get(in, at) << count;
    at += (Long.SIZE - 1 - count) / Byte.SIZE;
    count |= Long.SIZE - Byte.SIZE;
  }

  private int take(int howMany) {
    int taken = (int) bits & ((1 << howMany) - 1);
    bits >>>= howMany;
    count -= howMany;
    return taken;
  }

  private void copyStored() throws ZipException {
    at -= count / Byte.SIZE; // whole bytes that were not needed
    bits = 0;
    count = 0;
    int length = in[at] & 0xFF | (in[at + 1] & 0xFF) << 8;
    int complement = in[at + 2] & 0xFF | (in[at + 3] & 0xFF) << 8;
    at += 4;
    if (length != (~complement & 0xFFFF)) {
      throw damaged("the length of a stored block contradicts itself");
    }
    if (length > end - at) {
      throw endsEarly();
    }
    if (length > size - written) {
      throw tooLong();
    }
    System.arraycopy(in, at, out, written, length);
    at += length;
    written += length;
  }

  private void readFixedCodes() throws ZipException {
    Arrays.fill(lengths, 0, 144, (byte) 8);
    Arrays.fill(lengths, 144, 256, (byte) 9);
    Arrays.fill(lengths, 256, 280, (byte) 7);
    Arrays.fill(lengths, 280, LITERALS, (byte) 8);
    Arrays.fill(lengths, LITERALS, LITERALS + DISTANCES, (byte) 5);
    literals.read(lengths, 0, LITERALS);
    distances.read(lengths, LITERALS, DISTANCES);
  }

  private void readCodes() throws ZipException {
    int literalCodes = take(5) + 257;
    int distanceCodes = take(5) + 1;
    int lengthCodes = take(4) + 4;
    if (literalCodes > 286 || distanceCodes > 30) {
      throw damaged("it has codes for more symbols than there are");
    }
    Arrays.fill(lengths, 0, ORDER.length, (byte) 0);
    for (int i = 0; i < lengthCodes; i++) {
      refill();
      lengths[ORDER[i]] = (byte) take(3);
    }
    codeLengths.read(lengths, 0, ORDER.length);
    int all = literalCodes + distanceCodes;
    for (int i = 0; i < all; ) {
      refill();
      int entry = codeLengths.entries()[HuffmanTable.first(bits, LENGTH_BITS)];
      if (HuffmanTable.bits(entry) == 0) {
        throw damaged("a length of a code is of no known kind");
      }
      take(HuffmanTable.bits(entry));
      int length = HuffmanTable.value(entry);
      int times = 1;
      byte repeated = (byte) length;
      if (length >= 16) {
        if (length == 16 && i == 0) {
          throw damaged("a first length of a code is a repetition");
        }
        repeated = length == 16 ? lengths[i - 1] : 0;
        times = length == 16 ? 3 + take(2) : length == 17 ? 3 + take(3) : 11 + take(7);
      }
      if (times > all - i) {
        throw damaged("it has too many lengths of codes");
      }
      Arrays.fill(lengths, i, i + times, repeated);
      i += times;
    }
    if (lengths[256] == 0) {
      throw damaged("a block has no end");
    }
    literals.read(lengths, 0, literalCodes);
    distances.read(lengths, literalCodes, distanceCodes);
  }

  /**
   * Unpacks up to the end of a block. All that is looked at again and again is held in variables:
   * fields would be read anew after each byte that is written.
   */
  private void unpackBlock() throws ZipException {
    byte[] from = in;
    byte[] to = out;
    int[] symbols = literals.entries();
    int[] places = distances.entries();
    int limit = end + Long.BYTES;
    int most = size;
    long held = bits;
    int left = count;
    int next = at;
    int done = written;
    while (true) {
      if (next > limit) {
        throw endsEarly();
      }
      if (done > most) {
        throw tooLong();
      }
      held |= (long) LONGS.get(from, next) << left;
      next += (Long.SIZE - 1 - left) >>> 3;
      left |= Long.SIZE - Byte.SIZE;
      int entry = symbols[HuffmanTable.first(held, LITERAL_BITS)];
      if (HuffmanTable.isLiteral(entry)) { // up to two, and what follows
        held >>>= entry;
        left -= HuffmanTable.bits(entry);
        to[done++] = (byte) HuffmanTable.value(entry);
        entry = symbols[HuffmanTable.first(held, LITERAL_BITS)];
        if (HuffmanTable.isLiteral(entry)) {
          held >>>= entry;
          left -= HuffmanTable.bits(entry);
          to[done++] = (byte) HuffmanTable.value(entry);
          entry = symbols[HuffmanTable.first(held, LITERAL_BITS)];
        }
      }
      if (HuffmanTable.isLink(entry)) {
        entry = symbols[HuffmanTable.second(entry, held, LITERAL_BITS)];
      }
      held >>>= entry;
      left -= HuffmanTable.bits(entry);
      if (HuffmanTable.isLiteral(entry)) {
        to[done++] = (byte) HuffmanTable.value(entry);
        continue;
      }
      if (HuffmanTable.isEnd(entry)) {
        break;
      }
      int extra = HuffmanTable.extra(entry);
      int length = HuffmanTable.value(entry) + ((int) held & ((1 << extra) - 1));
      held >>>= extra;
      left -= extra;
      held |= (long) LONGS.get(from, next) << left;
      next += (Long.SIZE - 1 - left) >>> 3;
      left |= Long.SIZE - Byte.SIZE;
      entry = places[HuffmanTable.first(held, DISTANCE_BITS)];
      if (HuffmanTable.isLink(entry)) {
        entry = places[HuffmanTable.second(entry, held, DISTANCE_BITS)];
      }
      held >>>= entry;
      left -= HuffmanTable.bits(entry);
      extra = HuffmanTable.extra(entry);
      int distance = HuffmanTable.value(entry) + ((int) held & ((1 << extra) - 1));
      held >>>= extra;
      left -= extra;
      if (length < 3 || distance == 0 || distance > done) {
        throw damaged("a repetition is of no known length, or of what is not there");
      }
      if (length > most - done) {
        throw tooLong();
      }
      copy(to, done, distance, length);
      done += length;
    }
    bits = held;
    count = left;
    at = next;
    written = done;
  }

  /**
   * Copies what came before. Three longs without a question, which is all of most repetitions; may
   * write up to 23 bytes too many.
   */
  private static void copy(byte[] out, int to, int distance, int length) {
    if (distance >= Long.BYTES) {
      int from = to - distance;
      LONGS.set(out, to, (long) LONGS.get(out, from));
      LONGS.set(out, to + 8, (long) LONGS.get(out, from + 8));
      LONGS.set(out, to + 16, (long) LONGS.get(out, from + 16));
      for (int i = 24; i < length; i += Long.BYTES) {
        LONGS.set(out, to + i, (long) LONGS.get(out, from + i));
      }
    } else if (distance == 1) {
      Arrays.fill(out, to, to + length, out[to - 1]);
    } else {
      for (int i = to; i < to + length; i++) {
        out[i] = out[i - distance];
      }
    }
  }

  private static ZipException endsEarly() {
    return damaged("it ends too early");
  }

  private ZipException tooLong() {
    return damaged("it has more than the " + size + " bytes that are announced");
  }

  private static ZipException damaged(String why) {
    return new ZipException(why);
  }
}
