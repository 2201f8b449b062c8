package dev.wrought.tokenizer.corpus;

import java.io.IOException;
import java.io.InputStream;

/** A file that is read from its beginning to its end, unpacked on the way if it is packed. */
final class StreamSource implements CorpusSource {
  private final PackedFile file;
  private final DocumentFormat format;
  private final long bytes;

  StreamSource(PackedFile file, DocumentFormat format) throws IOException {
    this.file = file;
    this.format = format;
    this.bytes = file.unpackedBytes();
  }

  @Override
  public long totalBytes() {
    return bytes;
  }

  @Override
  public void read(DocumentVisitor visitor) throws IOException {
    try (InputStream in = file.open()) {
      format.read(in, visitor);
    }
  }
}
