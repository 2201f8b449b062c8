package dev.wrought.core.tokenizer;

/**
 * Cuts UTF-8 text into words as GPT-2 does; tokens never cross words. By hand, in one pass and
 * without backtracking, what this pattern says:
 *
 * <pre>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</pre>
 *
 * <p>Bytes that are not UTF-8 are neither letters, numbers nor space, one by one.
 *
 * <p>Source: Radford et al. 2019, encoder.py.
 */
final class Gpt2Splitter {
  private Gpt2Splitter() {}

  /** Where the word that begins at {@code from} ends. @param to end of the text, above from */
  static int next(byte[] text, int from, int to) {
    byte first = text[from];
    if (first == '\'') {
      int end = contraction(text, from, to);
      if (end > from) {
        return end;
      }
    }
    int kind = Utf8Classes.at(text, from, to) & Utf8Classes.KIND;
    if (first == ' ' && from + 1 < to) {
      int following = Utf8Classes.at(text, from + 1, to) & Utf8Classes.KIND;
      if (following != Utf8Classes.SPACE) {
        return run(text, from + 1, to, following);
      }
    }
    return kind == Utf8Classes.SPACE ? spaces(text, from, to) : run(text, from, to, kind);
  }

  /** The end of 's, 't, 'm, 'd, 're, 've or 'll; {@code from} if there is none. */
  private static int contraction(byte[] text, int from, int to) {
    if (from + 1 >= to) {
      return from;
    }
    byte second = text[from + 1];
    if (second == 's' || second == 't' || second == 'm' || second == 'd') {
      return from + 2;
    }
    if (from + 2 >= to) {
      return from;
    }
    byte third = text[from + 2];
    boolean two =
        (second == 'r' && third == 'e')
            || (second == 'v' && third == 'e')
            || (second == 'l' && third == 'l');
    return two ? from + 3 : from;
  }

  /** White space before a word leaves its last character to it. */
  private static int spaces(byte[] text, int from, int to) {
    int end = run(text, from, to, Utf8Classes.SPACE);
    if (end == to) {
      return end;
    }
    int last = end - 1;
    while ((text[last] & 0xC0) == 0x80) {
      last--;
    }
    return last > from ? last : end;
  }

  private static int run(byte[] text, int from, int to, int kind) {
    int at = from;
    while (at < to) {
      int found = Utf8Classes.at(text, at, to);
      if ((found & Utf8Classes.KIND) != kind) {
        return at;
      }
      at += found >>> Utf8Classes.LENGTH_SHIFT;
    }
    return at;
  }
}
