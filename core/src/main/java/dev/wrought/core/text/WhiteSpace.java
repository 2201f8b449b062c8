package dev.wrought.core.text;

/** White space between words, as the patterns of all families end: {@code \s+(?!\S)|\s+}. */
final class WhiteSpace {
  private WhiteSpace() {}

  /** The end of white space: before a word it leaves its last character to that. */
  static int next(byte[] text, int from, int to) {
    int end = Utf8Classes.run(text, from, to, Utf8Classes.WHITE_SPACE);
    if (end == to) {
      return end;
    }
    int last = end - 1;
    while ((text[last] & 0xC0) == 0x80) {
      last--;
    }
    return last > from ? last : end;
  }

  /**
   * The same, but where there are line breaks in it, it ends after the last: {@code \s*[\r\n]+}.
   */
  static int nextByLine(byte[] text, int from, int to) {
    int end = Utf8Classes.run(text, from, to, Utf8Classes.WHITE_SPACE);
    for (int at = end - 1; at >= from; at--) {
      if (text[at] == '\n' || text[at] == '\r') {
        return at + 1;
      }
    }
    return next(text, from, to);
  }

  /**
   * Where words of white space begin that end after their last line break, and the white space
   * after that.
   *
   * @param whiteSpace without what belongs to the word before it
   * @param lineBreaks of them
   */
  static long startsByLine(AsciiBlock block, long whiteSpace, long lineBreaks) {
    long spaces = whiteSpace & ~lineBreaks;
    long ofLine = spaces & lineBreaks << 1;
    long between = ofLine + spaces & lineBreaks;
    for (; between != 0; between &= between - 1) {
      ofLine ^= Long.highestOneBit(ofLine & Long.lowestOneBit(between) - 1);
    }
    return AsciiBlock.firsts(whiteSpace) | ofLine | block.lastSpaces() & spaces;
  }
}
