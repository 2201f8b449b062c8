package dev.wrought.core.text;

import static dev.wrought.core.text.Utf8Classes.LETTERS;
import static dev.wrought.core.text.Utf8Classes.NUMBERS;
import static dev.wrought.core.text.Utf8Classes.REST;
import static dev.wrought.core.text.Utf8Classes.WHITE_SPACE;
import static dev.wrought.core.text.Utf8Classes.at;
import static dev.wrought.core.text.Utf8Classes.in;
import static dev.wrought.core.text.Utf8Classes.run;

/**
 * The words of GPT-2:
 *
 * <pre>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</pre>
 *
 * <p>Source: Radford et al. 2019, encoder.py.
 */
final class Gpt2Splitter implements Splitter {
  @Override
  public int next(byte[] text, int from, int to) {
    int end = Contractions.small(text, from, to);
    if (end > from) {
      return end;
    }
    int start = text[from] == ' ' && from + 1 < to ? from + 1 : from;
    int first = at(text, start, to);
    if (in(first, WHITE_SPACE)) {
      return WhiteSpace.next(text, from, to);
    }
    return run(text, start, to, in(first, LETTERS) ? LETTERS : in(first, NUMBERS) ? NUMBERS : REST);
  }
}
