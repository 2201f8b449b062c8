package dev.wrought.core.text;

/** Words as people count them, for figures such as words per 100 tokens. */
public final class Words {
  private Words() {}

  /** How many runs of other than white space there are. */
  public static long count(byte[] utf8) {
    long words = 0;
    boolean within = false;
    for (int at = 0; at < utf8.length; ) {
      int found = Utf8Classes.at(utf8, at, utf8.length);
      boolean space = Utf8Classes.in(found, Utf8Classes.WHITE_SPACE);
      if (!space && !within) {
        words++;
      }
      within = !space;
      at += Utf8Classes.length(found);
    }
    return words;
  }
}
