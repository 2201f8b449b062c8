package dev.wrought.tokenizer.corpus;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * A file as it is unpacked. Refuses a bomb ({@link Inflation}) while it unpacks, and says of a
 * damaged file how far it could be read. For one thread.
 */
final class UnpackedStream extends InputStream {
  private final Path file;
  private final boolean packed;
  private final Counting counting;
  private final InputStream unpacked;
  private long bytes;

  /**
   * Unpacks a stream as the name of its file says; closing this closes the stream.
   *
   * @throws IOException if it does not begin as such a file
   */
  UnpackedStream(InputStream in, Path file) throws IOException {
    Compression compression = Compression.of(file.toString());
    this.file = file;
    this.packed = compression != Compression.NONE;
    this.counting = new Counting(in);
    try {
      this.unpacked =
          compression.unpack(new BufferedInputStream(counting, Compression.BUFFER_BYTES));
    } catch (IOException failure) {
      in.close();
      throw damaged(failure);
    }
  }

  /** How many bytes came out so far. */
  long unpackedBytes() {
    return bytes;
  }

  /** How many bytes went in so far, some of which may be waiting in a buffer. */
  long packedBytes() {
    return counting.bytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  /**
   * @throws dev.wrought.core.error.WroughtException INVALID_DATA for a bomb
   */
  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    int read;
    try {
      read = unpacked.read(into, from, length);
    } catch (IOException failure) {
      throw damaged(failure);
    }
    bytes += Math.max(0, read);
    if (packed) {
      Inflation.check(file, packedBytes(), bytes);
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    unpacked.close();
  }

  private IOException damaged(IOException failure) {
    return packed
        ? new IOException(
            "it is damaged or cut off after %d unpacked bytes (%s); get it again"
                .formatted(bytes, failure.getMessage()),
            failure)
        : failure;
  }

  /** Counts what is read. */
  private static final class Counting extends FilterInputStream {
    private long bytes;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      bytes += read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int read = super.read(into, from, length);
      bytes += Math.max(0, read);
      return read;
    }
  }
}
