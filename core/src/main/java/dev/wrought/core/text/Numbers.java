package dev.wrought.core.text;

/** Numbers in portions: {@code \p{N}{1,3}}. */
final class Numbers {
  private Numbers() {}

  /** The end of at most so many numbers, of which the first begins here. */
  static int next(byte[] text, int from, int to, int most) {
    int at = from;
    for (int count = 0; count < most && at < to; count++) {
      int found = Utf8Classes.at(text, at, to);
      if (!Utf8Classes.in(found, Utf8Classes.NUMBERS)) {
        break;
      }
      at += Utf8Classes.length(found);
    }
    return at;
  }

  /** Where words of digits begin that have at most so many. */
  static long starts(long digits, int most) {
    long starts = AsciiBlock.firsts(digits);
    long full = digits;
    for (int i = 0; i < most; i++) {
      full &= digits << i + 1;
    }
    for (long more = starts << most & full; more != 0; more = more << most & full) {
      starts |= more;
    }
    return starts;
  }
}
