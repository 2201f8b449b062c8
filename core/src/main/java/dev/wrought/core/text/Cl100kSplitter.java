package dev.wrought.core.text;

import static dev.wrought.core.text.Utf8Classes.LETTERS;
import static dev.wrought.core.text.Utf8Classes.NEWLINES;
import static dev.wrought.core.text.Utf8Classes.NUMBERS;
import static dev.wrought.core.text.Utf8Classes.REST;
import static dev.wrought.core.text.Utf8Classes.at;
import static dev.wrought.core.text.Utf8Classes.in;
import static dev.wrought.core.text.Utf8Classes.length;
import static dev.wrought.core.text.Utf8Classes.run;

/**
 * The words of GPT-4's cl100k, of LLaMA 3 and, with one digit a word, of Qwen 2:
 *
 * <pre>(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*
 * |\s*[\r\n]+|\s+(?!\S)|\s+</pre>
 *
 * <p>Source: tiktoken, openai_public.py.
 */
final class Cl100kSplitter extends BlockSplitter {
  private final int digits;

  /**
   * @param digits how many numbers a word has at most
   */
  Cl100kSplitter(int digits) {
    this.digits = digits;
  }

  @Override
  long starts(AsciiBlock block, byte[] text, int from, int to) {
    long letters = block.letters();
    long numbers = block.digits();
    long whiteSpace = block.whiteSpace();
    long lineBreaks = block.lineBreaks();
    long rest = block.rest();
    long taken = AsciiBlock.through(lineBreaks & rest << 1, lineBreaks);
    long symbols = AsciiBlock.firsts(rest) & ~(block.blanks() << 1);
    long prefixes = whiteSpace & ~lineBreaks | symbols;
    long words =
        AsciiBlock.firsts(letters) & ~(prefixes << 1)
            | Numbers.starts(numbers, digits)
            | symbols
            | WhiteSpace.startsByLine(block, whiteSpace & ~taken, lineBreaks & ~taken);
    long quotes = block.quotes() & symbols & letters >>> 1;
    for (; quotes != 0; quotes &= quotes - 1) {
      int quote = Long.numberOfTrailingZeros(quotes);
      int end = Contractions.ofAnyCase(text, from + quote, to) - from;
      words |= AsciiBlock.place(end) & letters;
    }
    return words & block.upToTrailingSpace();
  }

  @Override
  int end(byte[] text, int from, int to) {
    int end = Contractions.ofAnyCase(text, from, to);
    if (end > from) {
      return end;
    }
    int first = at(text, from, to);
    if (in(first, NUMBERS)) {
      return Numbers.next(text, from, to, digits);
    }
    int second = from + length(first);
    if (in(first, LETTERS)) {
      return run(text, second, to, LETTERS);
    }
    int following = second < to ? at(text, second, to) : first;
    if (in(following, LETTERS) && !in(first, NEWLINES)) {
      return run(text, second, to, LETTERS);
    }
    if (in(first, REST)) {
      return run(text, run(text, second, to, REST), to, NEWLINES);
    }
    if (text[from] == ' ' && in(following, REST)) {
      return run(text, run(text, second, to, REST), to, NEWLINES);
    }
    return WhiteSpace.nextByLine(text, from, to);
  }
}
