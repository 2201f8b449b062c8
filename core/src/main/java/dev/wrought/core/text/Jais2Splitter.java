package dev.wrought.core.text;

import static dev.wrought.core.text.Utf8Classes.WHITE_SPACE;
import static dev.wrought.core.text.Utf8Classes.at;
import static dev.wrought.core.text.Utf8Classes.in;
import static dev.wrought.core.text.Utf8Classes.length;

/**
 * The words of Jais 2, which are GPT-4's but for white space without line breaks: of that a word
 * has a power of two of characters, at most 512, the longest first; 13 are 8, 4 and 1.
 *
 * <pre>(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*
 * |\s*[\r\n]+|\s{512}(?!\S)|\s{256}(?!\S)|...|\s{4}(?!\S)|\s{1,2}(?!\S)|\s{1}</pre>
 *
 * <p>By the pattern, each of these words would look for a line break in all the white space that
 * follows. Here it is looked for once. For one thread.
 */
final class Jais2Splitter implements Splitter {
  private static final int LONGEST = 512;

  private final Splitter words = new Cl100kSplitter(3);

  /** Where white space goes on that is being cut, and how many characters of it are left. */
  private int knownAt;

  private int left;

  @Override
  public void begin() {
    words.begin();
    left = 0;
  }

  @Override
  public int next(byte[] text, int from, int to) {
    if (left == 0 || from != knownAt) {
      int end = words.next(text, from, to);
      if (!isToBeCut(text, from, end)) {
        return end;
      }
      left = characters(text, from, end);
    }
    int size = Math.min(LONGEST, Integer.highestOneBit(left));
    left -= size;
    knownAt = after(text, from, to, size);
    return knownAt;
  }

  private static int characters(byte[] text, int from, int end) {
    int count = 0;
    for (int at = from; at < end; at = Characters.after(text, at, end)) {
      count++;
    }
    return count;
  }

  private static int after(byte[] text, int from, int to, int characters) {
    int at = from;
    for (int i = 0; i < characters; i++) {
      at = Characters.after(text, at, to);
    }
    return at;
  }

  /** Whether a word is white space without line breaks. A single character stays one. */
  private static boolean isToBeCut(byte[] text, int from, int end) {
    int first = at(text, from, end);
    int second = from + length(first);
    return second < end
        && in(first, WHITE_SPACE)
        && in(at(text, second, end), WHITE_SPACE)
        && text[end - 1] != '\n'
        && text[end - 1] != '\r';
  }
}
