package dev.wrought.tokenizer.corpus;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.ZipException;

/**
 * Where the entries of a zip begin, in the order of its directory, which the JDK's reader has
 * checked but tells nobody.
 *
 * <p>Source: PKWARE, "APPNOTE.TXT", sections 4.3.12 to 4.3.16 and 4.5.3.
 */
final class ZipOffsets {
  private static final int HEADER = 0x02014B50;
  private static final int HEADER_BYTES = 46;
  private static final int END = 0x06054B50;
  private static final int END_BYTES = 22;
  private static final int END64 = 0x06064B50;
  private static final int END64_BYTES = 56;
  private static final int LOCATOR = 0x07064B50;
  private static final int LOCATOR_BYTES = 20;
  private static final int LONGEST_COMMENT = 0xFFFF;

  /** Stands for a number that is too large for its place, and is elsewhere. */
  private static final long ELSEWHERE = 0xFFFFFFFFL;

  private static final int NUMBERS64 = 1;

  /**
   * The directory of a zip.
   *
   * @param at where it begins in the file
   * @param bytes of it
   * @param told where it says that it begins, which is less if something stands before the zip
   */
  private record Directory(long at, long bytes, long told) {}

  private ZipOffsets() {}

  /**
   * @param entries how many the directory has
   * @throws ZipException if it has not
   */
  static long[] of(FileChannel file, int entries) throws IOException {
    Directory directory = directory(file);
    ByteBuffer headers = read(file, directory.at(), directory.bytes());
    long[] offsets = new long[entries];
    int at = 0;
    for (int entry = 0; entry < entries; entry++) {
      if (at > headers.limit() - HEADER_BYTES || headers.getInt(at) != HEADER) {
        throw new ZipException("its directory has %d entries, not %d".formatted(entry, entries));
      }
      offsets[entry] = directory.at() - directory.told() + offset(headers, at);
      at +=
          HEADER_BYTES
              + count(headers, at + 28)
              + count(headers, at + 30)
              + count(headers, at + 32);
    }
    return offsets;
  }

  /** Found from its end, behind which there may be a comment. */
  private static Directory directory(FileChannel file) throws IOException {
    long from = Math.max(0, file.size() - END_BYTES - LONGEST_COMMENT);
    ByteBuffer tail = read(file, from, file.size() - from);
    for (int at = tail.limit() - END_BYTES; at >= 0; at--) {
      if (tail.getInt(at) == END) {
        Directory directory = directory(file, from + at, tail, at);
        if (directory.at() >= 0 && isDirectory(file, directory)) {
          return directory;
        }
      }
    }
    throw new ZipException("its directory is not found");
  }

  private static Directory directory(FileChannel file, long end, ByteBuffer tail, int at)
      throws IOException {
    long bytes = number(tail, at + 12);
    long told = number(tail, at + 16);
    boolean elsewhere =
        bytes == ELSEWHERE || told == ELSEWHERE || count(tail, at + 10) == (int) (ELSEWHERE >>> 16);
    if (elsewhere && end >= LOCATOR_BYTES) {
      ByteBuffer locator = read(file, end - LOCATOR_BYTES, LOCATOR_BYTES);
      long end64 = locator.getLong(8);
      if (locator.getInt(0) == LOCATOR && end64 >= 0 && end64 <= end - END64_BYTES) {
        ByteBuffer numbers = read(file, end64, END64_BYTES);
        if (numbers.getInt(0) == END64) {
          return new Directory(
              end64 - numbers.getLong(40), numbers.getLong(40), numbers.getLong(48));
        }
      }
    }
    return new Directory(end - bytes, bytes, told);
  }

  private static boolean isDirectory(FileChannel file, Directory directory) throws IOException {
    return directory.bytes() < HEADER_BYTES
        ? directory.bytes() == 0
        : read(file, directory.at(), Integer.BYTES).getInt(0) == HEADER;
  }

  /** Where an entry begins, counted from the beginning of the zip. */
  private static long offset(ByteBuffer headers, int header) throws ZipException {
    long offset = number(headers, header + 42);
    if (offset != ELSEWHERE) {
      return offset;
    }
    int before = number(headers, header + 24) == ELSEWHERE ? Long.BYTES : 0;
    before += number(headers, header + 20) == ELSEWHERE ? Long.BYTES : 0;
    int at = header + HEADER_BYTES + count(headers, header + 28);
    int end = Math.min(headers.limit(), at + count(headers, header + 30));
    while (at <= end - 4) {
      int bytes = count(headers, at + 2);
      if (count(headers, at) == NUMBERS64 && before + Long.BYTES <= Math.min(bytes, end - at - 4)) {
        return headers.getLong(at + 4 + before);
      }
      at += 4 + bytes;
    }
    return offset;
  }

  private static int count(ByteBuffer bytes, int at) {
    return Short.toUnsignedInt(bytes.getShort(at));
  }

  private static long number(ByteBuffer bytes, int at) {
    return Integer.toUnsignedLong(bytes.getInt(at));
  }

  private static ByteBuffer read(FileChannel file, long from, long bytes) throws IOException {
    ByteBuffer read = ByteBuffer.allocate(Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
    while (read.hasRemaining()) {
      if (file.read(read, from + read.position()) < 0) {
        throw new EOFException("it was cut off while it was read");
      }
    }
    return read.flip();
  }
}
