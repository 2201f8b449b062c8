package dev.wrought.eval.benchmark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** What {@code gzip -9} makes of some bytes: a yardstick that knows no language. */
final class Gzip {
  private Gzip() {}

  /** The size of the compressed file, header and checksum included. */
  static long compressedBytes(byte[] bytes) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new BestGzip(compressed)) {
      gzip.write(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory", impossible);
    }
    return compressed.size();
  }

  private static final class BestGzip extends GZIPOutputStream {
    private BestGzip(ByteArrayOutputStream compressed) throws IOException {
      super(compressed, 1 << 16);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}
