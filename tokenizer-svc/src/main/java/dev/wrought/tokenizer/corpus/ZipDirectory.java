package dev.wrought.tokenizer.corpus;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;

/**
 * The directory of a zip, for what java.util.zip does not tell of it: where each entry begins. All
 * else is left to java.util.zip, whose entries this is held against. Source: PKWARE's APPNOTE
 * 6.3.10, sections 4.3 and 4.5.3.
 */
final class ZipDirectory {
  private static final int END = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int LONGEST_COMMENT = 0xFFFF;
  private static final int LOCATOR = 0x07064b50;
  private static final int LOCATOR_BYTES = 20;
  private static final int LARGE_END = 0x06064b50;
  private static final int LARGE_END_BYTES = 56;
  private static final int ENTRY = 0x02014b50;
  private static final int ENTRY_BYTES = 46;
  private static final int LARGE_NUMBERS = 1;

  /** Stands for a number of 64 bits that lies elsewhere. */
  private static final long ELSEWHERE = 0xFFFFFFFFL;

  /** How much of the file lies before the archive. */
  private final long before;

  private final ByteBuffer entries;

  private ZipDirectory(FileChannel file, long place, long toldPlace, long size) throws IOException {
    require(place >= 0 && size >= 0 && size <= Math.min(file.size(), Integer.MAX_VALUE));
    this.before = place - toldPlace;
    this.entries = bytes(file, place, (int) size);
  }

  /**
   * Where the header of each entry lies in the file.
   *
   * @param known all entries, in the directory's order
   * @return empty if these are not the ones that are found
   */
  static Optional<long[]> places(FileChannel file, List<? extends ZipEntry> known)
      throws IOException {
    try {
      ZipDirectory directory = find(file);
      long[] places = new long[known.size()];
      int at = 0;
      for (int number = 0; number < places.length; number++) {
        ByteBuffer entry = directory.entry(at);
        places[number] = directory.before + place(entry, known.get(number));
        require(places[number] >= 0);
        at += entry.capacity();
      }
      return Optional.of(places);
    } catch (EOFException | IndexOutOfBoundsException another) {
      return Optional.empty();
    }
  }

  private static ZipDirectory find(FileChannel file) throws IOException {
    long size = file.size();
    int tail = (int) Math.min(size, LOCATOR_BYTES + END_BYTES + LONGEST_COMMENT);
    ByteBuffer last = bytes(file, size - tail, tail);
    int end = tail - END_BYTES;
    while (last.getInt(end) != END || end + END_BYTES + unsigned(last, end + 20) != tail) {
      end--;
    }
    if (end >= LOCATOR_BYTES && last.getInt(end - LOCATOR_BYTES) == LOCATOR) {
      return large(file, last.getLong(end - LOCATOR_BYTES + 8));
    }
    long bytes = Integer.toUnsignedLong(last.getInt(end + 12));
    long told = Integer.toUnsignedLong(last.getInt(end + 16));
    return new ZipDirectory(file, size - tail + end - bytes, told, bytes);
  }

  /** Of an archive that has too much for 32 bits. @param end where its own end lies */
  private static ZipDirectory large(FileChannel file, long end) throws IOException {
    require(end >= 0);
    ByteBuffer numbers = bytes(file, end, LARGE_END_BYTES);
    require(numbers.getInt(0) == LARGE_END);
    long bytes = numbers.getLong(40);
    return new ZipDirectory(file, end - bytes, numbers.getLong(48), bytes);
  }

  private ByteBuffer entry(int at) throws EOFException {
    require(entries.getInt(at) == ENTRY);
    int length =
        ENTRY_BYTES
            + unsigned(entries, at + 28)
            + unsigned(entries, at + 30)
            + unsigned(entries, at + 32);
    return entries.slice(at, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static long place(ByteBuffer entry, ZipEntry known) throws EOFException {
    long packed = Integer.toUnsignedLong(entry.getInt(20));
    require(packed == ELSEWHERE || packed == known.getCompressedSize());
    long place = Integer.toUnsignedLong(entry.getInt(42));
    if (place != ELSEWHERE) {
      return place;
    }
    int others = 0; // numbers that lie before it
    for (int field : new int[] {20, 24}) {
      others += Integer.toUnsignedLong(entry.getInt(field)) == ELSEWHERE ? 1 : 0;
    }
    int extra = ENTRY_BYTES + unsigned(entry, 28);
    while (unsigned(entry, extra) != LARGE_NUMBERS) {
      extra += 4 + unsigned(entry, extra + 2);
    }
    return entry.getLong(extra + 4 + others * Long.BYTES);
  }

  private static int unsigned(ByteBuffer bytes, int at) {
    return Short.toUnsignedInt(bytes.getShort(at));
  }

  private static void require(boolean as) throws EOFException {
    if (!as) {
      throw new EOFException("another directory");
    }
  }

  /**
   * Bytes of a file.
   *
   * @throws EOFException if it does not have that many there
   */
  static ByteBuffer bytes(FileChannel file, long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, from + bytes.position()) < 0) {
        throw new EOFException("the archive ends before byte " + (from + length));
      }
    }
    return bytes.flip();
  }
}
