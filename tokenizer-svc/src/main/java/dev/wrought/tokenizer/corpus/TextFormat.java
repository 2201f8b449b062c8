package dev.wrought.tokenizer.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * One text file of any size, cut into documents of about 16 KiB, so that some of it can be held
 * out: after a blank line if there is one in the second half of a piece, else after a line, else
 * between characters. The pieces, joined, are the file.
 */
record TextFormat(Path file) implements DocumentFormat {
  static final int PIECE_BYTES = 1 << 14;

  @Override
  public void read(InputStream unpacked, DocumentVisitor visitor) throws IOException {
    byte[] buffer = new byte[PIECE_BYTES];
    long offset = 0;
    int held = 0;
    while (true) {
      held += unpacked.readNBytes(buffer, held, buffer.length - held);
      if (held == 0) {
        return;
      }
      int end = held < buffer.length ? held : cut(buffer);
      byte[] piece = Arrays.copyOf(buffer, end);
      visitor.document(file.getFileName() + "@" + offset, piece.length, () -> piece);
      System.arraycopy(buffer, end, buffer, 0, held - end);
      held -= end;
      offset += end;
    }
  }

  /** Where a full buffer is cut. */
  static int cut(byte[] buffer) {
    int afterLine = -1;
    for (int at = buffer.length - 1; at > buffer.length / 2; at--) {
      if (buffer[at - 1] != '\n') {
        continue;
      }
      afterLine = Math.max(afterLine, at);
      if (buffer[at] == '\n') {
        return at + 1;
      }
      if (buffer[at] == '\r' && at + 1 < buffer.length && buffer[at + 1] == '\n') {
        return at + 2;
      }
    }
    return afterLine > 0 ? afterLine : betweenCharacters(buffer);
  }

  private static int betweenCharacters(byte[] buffer) {
    int at = buffer.length - 1;
    while (at > buffer.length - 4 && (buffer[at] & 0xC0) == 0x80) {
      at--;
    }
    // The last character may be cut off: it is left to the next piece.
    return buffer[at] >= 0 ? buffer.length : at;
  }
}
