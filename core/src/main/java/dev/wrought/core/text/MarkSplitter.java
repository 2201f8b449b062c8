package dev.wrought.core.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Cuts before a mark that stands for a space. Stateless and thread-safe. */
public final class MarkSplitter implements Splitter {
  private final byte[] mark;
  private final boolean everyMark;

  /**
   * @param everyMark whether each of several marks in a row begins a word, or the first only
   */
  public MarkSplitter(String mark, boolean everyMark) {
    this.mark = mark.getBytes(StandardCharsets.UTF_8);
    this.everyMark = everyMark;
  }

  @Override
  public int next(byte[] text, int from, int to) {
    int at = from;
    while (isMark(text, at, to)) {
      at += mark.length;
      if (everyMark) {
        break;
      }
    }
    while (at < to && !isMark(text, at, to)) {
      at++;
    }
    return at;
  }

  private boolean isMark(byte[] text, int at, int to) {
    int end = at + mark.length;
    return end <= to && text[at] == mark[0] && Arrays.equals(text, at, end, mark, 0, mark.length);
  }
}
