package dev.wrought.tokenizer.corpus;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** How a file is packed, as the end of its name tells. */
enum Compression {
  NONE(List.of()) {
    @Override
    InputStream unpack(InputStream packed) {
      return packed;
    }
  },

  /** The JDK's own reader takes a damaged member for the end of the file, and this one does not. */
  GZIP(List.of(".gz", ".tgz")) {
    @Override
    InputStream unpack(InputStream packed) throws IOException {
      return GzipCompressorInputStream.builder()
          .setInputStream(packed)
          .setBufferSize(BUFFER_BYTES)
          .setDecompressConcatenated(true)
          .get();
    }
  },

  ZSTD(List.of(".zst", ".zstd", ".tzst")) {
    @Override
    InputStream unpack(InputStream packed) throws IOException {
      return new ZstdInputStream(packed);
    }
  };

  static final int BUFFER_BYTES = 1 << 16;

  private final List<String> suffixes;

  Compression(List<String> suffixes) {
    this.suffixes = suffixes;
  }

  /** Unpacks a stream; closing the result closes it too. */
  abstract InputStream unpack(InputStream packed) throws IOException;

  static Compression of(String path) {
    String name = path.toLowerCase(Locale.ROOT);
    for (Compression each : values()) {
      if (each.suffixes.stream().anyMatch(name::endsWith)) {
        return each;
      }
    }
    return NONE;
  }

  /** The name of what is packed, in lower case: of {@code x.TAR.gz} and {@code x.tgz}, x.tar. */
  static String inner(String path) {
    String name = path.toLowerCase(Locale.ROOT);
    for (String suffix : of(name).suffixes) {
      if (name.endsWith(suffix)) {
        String inner = name.substring(0, name.length() - suffix.length());
        return suffix.startsWith(".t") ? inner + ".tar" : inner;
      }
    }
    return name;
  }
}
