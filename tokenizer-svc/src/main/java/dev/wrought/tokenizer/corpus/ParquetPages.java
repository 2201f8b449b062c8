package dev.wrought.tokenizer.corpus;

import dev.hardwood.metadata.ColumnChunk;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The pages of a column, walked by their headers before the column is read: the reader waits for
 * ever for a page that says that it is longer than its chunk, and takes the memory for any size
 * that a page claims.
 *
 * <p>A header is a struct in Thrift's compact protocol, of which only the sizes matter here. For
 * one thread. Source: parquet-format, parquet.thrift; Thrift, thrift-compact-protocol.md.
 */
final class ParquetPages {
  /** Three may be in memory at once. Most writers make pages of 1 MiB, and DuckDB of 100 MB. */
  private static final int SHARE_OF_MEMORY = 8;

  private static final int UNCOMPRESSED_SIZE = 2;
  private static final int COMPRESSED_SIZE = 3;
  private static final int DEEPEST = 16;
  private static final int WINDOW_BYTES = 512;

  private final ChannelFile file;
  private ByteBuffer window = ByteBuffer.allocate(0);
  private long windowAt;

  ParquetPages(ChannelFile file) {
    this.file = file;
  }

  /**
   * Walks the pages of one chunk.
   *
   * @throws IOException if they do not fill it, or one is too large
   */
  void check(ColumnChunk chunk) throws IOException {
    long start = chunk.chunkStartOffset();
    long bytes = chunk.metaData().totalCompressedSize();
    if (start < 0 || bytes < 0 || bytes > Integer.MAX_VALUE || start > file.length() - bytes) {
      throw new IOException(
          "a column's data would be %d bytes from %d on; the file has %d"
              .formatted(bytes, start, file.length()));
    }
    long end = start + bytes;
    seek(start);
    while (position() < end) {
      long page = position();
      int[] sizes = sizes();
      check(page, sizes, end - position());
      seek(position() + sizes[1]);
    }
  }

  private void check(long page, int[] sizes, long room) throws IOException {
    long largest = Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY;
    if (sizes[0] < 0 || sizes[1] < 0 || sizes[1] > room) {
      throw new IOException(
          "the page at byte %d claims %d bytes where %d are".formatted(page, sizes[1], room));
    }
    if (sizes[0] > largest) {
      throw new IOException(
          "the page at byte %d unpacks to %d bytes, and there is memory for %d; write the file with smaller pages or row groups"
              .formatted(page, sizes[0], largest));
    }
  }

  /** Reads a page's header: its size when it is unpacked, and as it is. */
  private int[] sizes() throws IOException {
    int[] sizes = {-1, -1};
    int field = 0;
    for (int head = readByte(); head != 0; head = readByte()) {
      field = head >>> 4 == 0 ? (int) readNumber() : field + (head >>> 4);
      if (field == UNCOMPRESSED_SIZE || field == COMPRESSED_SIZE) {
        sizes[field - UNCOMPRESSED_SIZE] = (int) readNumber();
      } else {
        skip(head & 0xF, DEEPEST);
      }
    }
    return sizes;
  }

  private void skip(int type, int depth) throws IOException {
    if (depth == 0) {
      throw new IOException("a page's header is nested too deep");
    }
    switch (type) {
      case 1, 2 -> {} // a field that is true or false has no more bytes
      case 3 -> readByte();
      case 4, 5, 6 -> readNumber();
      case 7 -> seek(position() + Double.BYTES);
      case 8 -> skipBytes(readVariable());
      case 9, 10 -> skipItems(depth);
      case 12 -> skipStruct(depth);
      default -> throw new IOException("a page's header has a field of no known type: " + type);
    }
  }

  private void skipBytes(long bytes) throws IOException {
    if (bytes < 0 || bytes > file.length() - position()) {
      throw new IOException("a page's header has a field of " + bytes + " bytes");
    }
    seek(position() + bytes);
  }

  private void skipItems(int depth) throws IOException {
    int head = readByte();
    long items = head >>> 4 == 15 ? readVariable() : head >>> 4;
    for (long item = 0; item < items; item++) {
      int type = head & 0xF;
      skip(type <= 2 ? 3 : type, depth - 1); // an item that is true or false is a byte
    }
  }

  private void skipStruct(int depth) throws IOException {
    for (int head = readByte(); head != 0; head = readByte()) {
      if (head >>> 4 == 0) {
        readNumber();
      }
      skip(head & 0xF, depth - 1);
    }
  }

  /** A signed number: 0, -1, 1, -2... are written as 0, 1, 2, 3... */
  private long readNumber() throws IOException {
    long written = readVariable();
    return written >>> 1 ^ -(written & 1);
  }

  private long readVariable() throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int next = readByte();
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new IOException("a number in a page's header has too many bytes");
  }

  private int readByte() throws IOException {
    if (!window.hasRemaining()) {
      windowAt = position();
      window =
          file.readRange(windowAt, (int) Math.clamp(file.length() - windowAt, 1, WINDOW_BYTES));
    }
    return window.get() & 0xFF;
  }

  private long position() {
    return windowAt + window.position();
  }

  private void seek(long position) {
    if (position >= windowAt && position <= windowAt + window.limit()) {
      window.position((int) (position - windowAt));
    } else {
      windowAt = position;
      window = ByteBuffer.allocate(0);
    }
  }
}
