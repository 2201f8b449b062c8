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
final class Gpt2Splitter extends BlockSplitter {
  @Override
  long starts(AsciiBlock block, byte[] text, int from, int to) {
    long letters = block.letters();
    long digits = block.digits();
    long whiteSpace = block.whiteSpace();
    long rest = block.rest();
    long spaces = block.lastSpaces();
    long begun = (spaces & block.blanks()) << 1;
    long words =
        (AsciiBlock.firsts(letters) | AsciiBlock.firsts(digits) | AsciiBlock.firsts(rest)) & ~begun;
    long quotes = block.quotes() & words & letters >>> 1;
    for (; quotes != 0; quotes &= quotes - 1) {
      int quote = Long.numberOfTrailingZeros(quotes);
      int end = Contractions.small(text, from + quote, to) - from;
      if (end > quote) {
        words &= ~(2L << quote);
        words |= AsciiBlock.place(end) & letters;
      }
    }
    return words | AsciiBlock.firsts(whiteSpace) | spaces;
  }

  @Override
  int end(byte[] text, int from, int to) {
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
