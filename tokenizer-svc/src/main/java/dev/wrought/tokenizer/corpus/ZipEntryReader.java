package dev.wrought.tokenizer.corpus;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;

/**
 * Reads entries of a zip whole, with memory of its own: several do so beside each other, none waits
 * for another. For one thread.
 */
final class ZipEntryReader {
  private static final int HEADER = 0x04034B50;
  private static final int HEADER_BYTES = 30;

  /** What names and the like before an entry's data seldom exceed: then one read is enough. */
  private static final int USUAL_NAMES = 512;

  private final FileChannel file;
  private final Inflate inflate = new Inflate();
  private final CRC32 checksum = new CRC32();
  private ByteBuffer packed = ByteBuffer.allocate(0);

  /**
   * @param file which the caller closes
   */
  ZipEntryReader(FileChannel file) {
    this.file = file;
  }

  /**
   * An entry's content.
   *
   * @param at where its header is in the file
   * @throws ZipException if it is not what the directory says
   */
  byte[] read(ZipEntry entry, long at) throws IOException {
    int bytes = packedBytes(entry);
    int held = fill(at, HEADER_BYTES + USUAL_NAMES + bytes);
    if (held < HEADER_BYTES || packed.getInt(0) != HEADER) {
      throw new ZipException("it is not where the directory says");
    }
    int names = Short.toUnsignedInt(packed.getShort(26)) + Short.toUnsignedInt(packed.getShort(28));
    int from = HEADER_BYTES + names;
    if (from + bytes > held) {
      held = fill(at + from, bytes);
      from = 0;
    }
    if (from + bytes > held) {
      throw new EOFException("it is cut off");
    }
    byte[] content = unpacked(entry, from, from + bytes);
    checksum.reset();
    checksum.update(content);
    if (checksum.getValue() != entry.getCrc()) {
      throw new ZipException("its checksum is not the one that the directory says");
    }
    return content;
  }

  /** What is packed is never much larger than before: nobody is made to hold more. */
  private static int packedBytes(ZipEntry entry) throws ZipException {
    long bytes = entry.getCompressedSize();
    if (bytes > 2 * entry.getSize() + USUAL_NAMES) {
      throw new ZipException(
          "it has %d bytes packed and only %d unpacked".formatted(bytes, entry.getSize()));
    }
    return Math.toIntExact(bytes);
  }

  private byte[] unpacked(ZipEntry entry, int from, int to) throws ZipException {
    int size = Math.toIntExact(entry.getSize());
    if (entry.getMethod() == ZipEntry.DEFLATED) {
      return inflate.unpack(packed.array(), from, to, size);
    }
    if (to - from != size) {
      throw new ZipException("it has %d bytes where %d are announced".formatted(to - from, size));
    }
    return Arrays.copyOfRange(packed.array(), from, to);
  }

  /** Reads as much as there is, up to so many bytes. @return how many it is */
  private int fill(long at, int bytes) throws IOException {
    if (packed.capacity() < bytes + Inflate.SLACK) {
      packed =
          ByteBuffer.allocate(Math.max(bytes + Inflate.SLACK, 2 * packed.capacity()))
              .order(ByteOrder.LITTLE_ENDIAN);
    }
    packed.clear().limit(bytes);
    while (packed.hasRemaining()) {
      if (file.read(packed, at + packed.position()) < 0) {
        break;
      }
    }
    return packed.position();
  }
}
