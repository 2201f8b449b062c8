package dev.wrought.core.text;

import static dev.wrought.core.text.Utf8Classes.LETTERS;
import static dev.wrought.core.text.Utf8Classes.LOWER;
import static dev.wrought.core.text.Utf8Classes.MARK;
import static dev.wrought.core.text.Utf8Classes.NEWLINES;
import static dev.wrought.core.text.Utf8Classes.NUMBERS;
import static dev.wrought.core.text.Utf8Classes.REST;
import static dev.wrought.core.text.Utf8Classes.UNCASED;
import static dev.wrought.core.text.Utf8Classes.UPPER;
import static dev.wrought.core.text.Utf8Classes.at;
import static dev.wrought.core.text.Utf8Classes.in;
import static dev.wrought.core.text.Utf8Classes.length;
import static dev.wrought.core.text.Utf8Classes.run;

/**
 * The words of GPT-4o's o200k, which begin anew where a capital follows small letters. With
 * contractions C, the capitals and uncased letters U and the small and uncased letters L:
 *
 * <pre>[^\r\n\p{L}\p{N}]?U*L+C?|[^\r\n\p{L}\p{N}]?U+L*C?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*
 * |\s*[\r\n]+|\s+(?!\S)|\s+
 *
 * U = [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]  L = [\p{Ll}\p{Lm}\p{Lo}\p{M}]
 * C = (?i:'s|'t|'re|'ve|'m|'ll|'d)</pre>
 *
 * <p>Source: tiktoken, openai_public.py.
 */
final class O200kSplitter extends BlockSplitter {
  private static final int MOST_DIGITS = 3;
  private static final int EITHER = 1 << UNCASED | 1 << MARK;
  private static final int CAPITALS = 1 << UPPER | EITHER;
  private static final int SMALL = 1 << LOWER | EITHER;
  private static final int WORD = LETTERS | 1 << MARK;

  @Override
  long starts(AsciiBlock block, byte[] text, int from, int to) {
    long letters = block.letters();
    long capitals = block.capitals();
    long numbers = block.digits();
    long whiteSpace = block.whiteSpace();
    long lineBreaks = block.lineBreaks();
    long rest = block.rest();
    long taken = AsciiBlock.through(lineBreaks & rest << 1, lineBreaks | block.slashes());
    long symbols = AsciiBlock.firsts(rest & ~taken) & ~(block.blanks() << 1);
    long prefixes = whiteSpace & ~lineBreaks | symbols;
    long words =
        AsciiBlock.firsts(letters) & ~(prefixes << 1)
            | capitals & (letters & ~capitals) << 1
            | Numbers.starts(numbers, MOST_DIGITS)
            | symbols
            | WhiteSpace.startsByLine(block, whiteSpace & ~taken, lineBreaks & ~taken);
    long quotes = block.quotes() & symbols & letters << 1;
    int last = 0;
    for (; quotes != 0; quotes &= quotes - 1) {
      int quote = Long.numberOfTrailingZeros(quotes);
      int end = Contractions.ofAnyCase(text, from + quote, to) - from;
      if (quote > last && end > quote) {
        // The ending has no beginning in it, whatever its case.
        words &= ~(AsciiBlock.before(end) & ~AsciiBlock.before(quote));
        words |= AsciiBlock.place(end) & letters;
        last = end;
      }
    }
    return words & block.upToTrailingSpace();
  }

  @Override
  int end(byte[] text, int from, int to) {
    int first = at(text, from, to);
    if (in(first, NUMBERS)) {
      return Numbers.next(text, from, to, MOST_DIGITS);
    }
    if (in(first, WORD)) {
      return letters(text, from, to);
    }
    int second = from + length(first);
    int following = second < to ? at(text, second, to) : first;
    if (in(following, WORD) && !in(first, NEWLINES)) {
      return letters(text, second, to);
    }
    if (in(first, REST) || (text[from] == ' ' && in(following, REST))) {
      return lineBreaksAndSlashes(text, run(text, second, to, REST), to);
    }
    return WhiteSpace.nextByLine(text, from, to);
  }

  /**
   * Capitals and then small letters. Where none are small, uncased letters stand for them: the word
   * ends after the last of those, or, if there are none, after the capitals.
   */
  private static int letters(byte[] text, int from, int to) {
    int capitals = from;
    int uncased = from;
    while (capitals < to) {
      int found = at(text, capitals, to);
      if (!in(found, CAPITALS)) {
        break;
      }
      capitals += length(found);
      uncased = in(found, EITHER) ? capitals : uncased;
    }
    int end = run(text, capitals, to, SMALL);
    if (end == capitals && uncased > from) {
      end = uncased;
    }
    return Contractions.ofAnyCase(text, end, to);
  }

  private static int lineBreaksAndSlashes(byte[] text, int from, int to) {
    int at = from;
    while (at < to && (text[at] == '\n' || text[at] == '\r' || text[at] == '/')) {
      at++;
    }
    return at;
  }
}
