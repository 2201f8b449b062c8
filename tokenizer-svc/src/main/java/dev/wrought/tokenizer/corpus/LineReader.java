package dev.wrought.tokenizer.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads lines as bytes, without their LF; a line longer than a limit is read over and not kept. For
 * one thread.
 */
final class LineReader {
  private final InputStream in;
  private final int longest;
  private final byte[] buffer = new byte[1 << 16];
  private int at;
  private int end;
  private byte[] line = new byte[1 << 10];
  private int length;

  LineReader(InputStream in, int longest) {
    this.in = in;
    this.longest = longest;
  }

  /** Goes to the next line. @return false at the end */
  boolean next() throws IOException {
    length = 0;
    if (at == end && !fill()) {
      return false;
    }
    do {
      int newline = at;
      while (newline < end && buffer[newline] != '\n') {
        newline++;
      }
      append(newline);
      at = newline;
      if (at < end) {
        at++;
        return true;
      }
    } while (fill());
    return true;
  }

  /** Whether the line is longer than the limit; then its bytes are lost. */
  boolean isTooLong() {
    return length > longest;
  }

  /** The line's bytes; valid until the next one. */
  byte[] bytes() {
    return line;
  }

  /** How many of them there are. */
  int length() {
    return length;
  }

  private void append(int to) {
    int more = to - at;
    if (length + more > longest) {
      length = longest + 1;
      return;
    }
    if (length + more > line.length) {
      line = Arrays.copyOf(line, Math.max(length + more, 2 * line.length));
    }
    System.arraycopy(buffer, at, line, length, more);
    length += more;
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, in.read(buffer));
    return end > 0;
  }
}
