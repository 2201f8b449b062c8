package dev.wrought.cli.terminal;

/** Lines that fit. */
public final class Lines {
  private Lines() {}

  /** The line, or its beginning and an ellipsis where it has more code points than fit. */
  public static String cut(String line, int width) {
    if (line.codePointCount(0, line.length()) <= width) {
      return line;
    }
    int keep = Math.max(0, width - 1);
    return line.substring(0, line.offsetByCodePoints(0, keep)) + "…";
  }

  /** Text of whatever origin for a terminal: control characters do not reach it. */
  public static String readable(String text) {
    return text.replaceAll("[\\p{Cc}&&[^\n\t]]", "\uFFFD");
  }

  /** One line of any text: control characters and line breaks become blanks. */
  public static String single(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }
}
