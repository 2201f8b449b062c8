package dev.wrought.tokenizer.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads lines as bytes, without their LF; a line longer than a limit is read over and not kept. For
 * one thread.
 */
final class LineReader {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;
  private final int longest;
  private final LineEnd lineEnd;
  private final byte[] buffer = new byte[1 << 16];
  private int at;
  private int end;
  private byte[] line = new byte[1 << 10];
  private int length;

  /** Finds where lines end; is shown every byte once, in order. */
  @FunctionalInterface
  interface LineEnd {
    /**
     * @return where the next LF is that ends a line; {@code to} if there is none
     */
    int find(byte[] buffer, int from, int to);
  }

  /** A reader whose lines end with each LF. */
  LineReader(InputStream in, int longest) {
    this(in, longest, LineReader::newline);
  }

  LineReader(InputStream in, int longest, LineEnd lineEnd) {
    this.in = in;
    this.longest = longest;
    this.lineEnd = lineEnd;
  }

  /** Goes to the next line. @return false at the end */
  boolean next() throws IOException {
    length = 0;
    if (at == end && !fill()) {
      return false;
    }
    do {
      int newline = lineEnd.find(buffer, at, end);
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

  /** How many bytes the mark takes that some editors begin a file with; 0 if the line has none. */
  int byteOrderMark() {
    int mark = BYTE_ORDER_MARK.length;
    boolean marked =
        length >= mark && Arrays.equals(line, 0, mark, BYTE_ORDER_MARK, 0, mark) && !isTooLong();
    return marked ? mark : 0;
  }

  private static int newline(byte[] buffer, int from, int to) {
    int at = from;
    while (at < to && buffer[at] != '\n') {
      at++;
    }
    return at;
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
