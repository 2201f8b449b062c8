package dev.wrought.tokenizer.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that is read from its beginning to its end, and unpacked on the way if its name says that
 * it is packed.
 *
 * @param bytes its size, packed
 */
record PackedFile(Path path, long bytes) {
  private static final int PROBE_BYTES = 4 << 20;

  /**
   * @throws IOException if there is no such file
   */
  static PackedFile of(String path) throws IOException {
    Path file = Path.of(path);
    return new PackedFile(file, Files.size(file));
  }

  /** Its name, for the names of its documents. */
  String name() {
    return String.valueOf(path.getFileName());
  }

  /** Reads it from the beginning, unpacked. */
  UnpackedStream open() throws IOException {
    return new UnpackedStream(Files.newInputStream(path), path);
  }

  /** About how many bytes it unpacks to: as its beginning does. */
  long unpackedBytes() throws IOException {
    if (Compression.of(path.toString()) == Compression.NONE) {
      return bytes;
    }
    try (UnpackedStream in = open()) {
      byte[] buffer = new byte[Compression.BUFFER_BYTES];
      while (in.unpackedBytes() < PROBE_BYTES) {
        if (in.read(buffer) < 0) {
          return in.unpackedBytes();
        }
      }
      return (long) ((double) bytes * in.unpackedBytes() / in.packedBytes());
    }
  }
}
