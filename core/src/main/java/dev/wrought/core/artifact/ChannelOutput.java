package dev.wrought.core.artifact;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Writes memory of any size to a channel, to its last byte. */
public final class ChannelOutput {
  private static final long CHUNK_BYTES = 1 << 26;

  private ChannelOutput() {}

  /** Writes all of a segment, in pieces, so that no copy of it is ever whole. */
  public static void write(WritableByteChannel channel, MemorySegment data) throws IOException {
    for (long from = 0; from < data.byteSize(); from += CHUNK_BYTES) {
      long length = Math.min(CHUNK_BYTES, data.byteSize() - from);
      write(channel, bytes(data.asSlice(from, length)));
    }
  }

  /** Writes all that remains of a buffer. */
  public static void write(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** The bytes themselves where they lie in native memory or a byte array, else a copy. */
  private static ByteBuffer bytes(MemorySegment data) {
    return data.isNative() || data.heapBase().orElse("") instanceof byte[]
        ? data.asByteBuffer()
        : ByteBuffer.wrap(data.toArray(ValueLayout.JAVA_BYTE));
  }
}
