package dev.wrought.core.text;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.text.RegexNode.Chars;
import dev.wrought.core.text.RegexNode.Choice;
import dev.wrought.core.text.RegexNode.Look;
import dev.wrought.core.text.RegexNode.Possessive;
import dev.wrought.core.text.RegexNode.Repeat;
import dev.wrought.core.text.RegexNode.Sequence;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the patterns that tokenizers are written with: Oniguruma's syntax, as far as a linear-time
 * engine can go. Look-ahead sees one character, and a possessive quantifier has to be on one; what
 * else there is in regular expressions (look-behind, references, atomic groups) is refused by name.
 *
 * <p>Source: the Oniguruma manual, doc/RE.
 */
final class RegexParser {
  private static final int LONGEST_PATTERN = 1 << 13;
  private static final int MOST_REPEATS = 1000;
  private static final int DEEPEST = 100;

  /** Quantifiers on one another. */
  private static final int MOST_QUANTIFIERS = 4;

  private final String pattern;
  private int at;
  private int depth;
  private boolean ignoreCase;

  private RegexParser(String pattern) {
    this.pattern = pattern;
  }

  /**
   * @throws WroughtException FAILED_PRECONDITION for what is not supported or not a pattern, with
   *     its position
   */
  static RegexNode parse(String pattern) {
    if (pattern.length() > LONGEST_PATTERN) {
      throw new WroughtException(
          ErrorCode.FAILED_PRECONDITION,
          "the pattern has %d characters; at most %d are read"
              .formatted(pattern.length(), LONGEST_PATTERN));
    }
    RegexParser parser = new RegexParser(pattern);
    RegexNode node = parser.choice();
    if (parser.at < pattern.length()) {
      throw parser.refused("a ')' that closes nothing");
    }
    return node;
  }

  private RegexNode choice() {
    List<RegexNode> alternatives = new ArrayList<>();
    do {
      alternatives.add(sequence());
    } while (take('|'));
    return alternatives.size() == 1 ? alternatives.getFirst() : new Choice(alternatives);
  }

  private RegexNode sequence() {
    List<RegexNode> parts = new ArrayList<>();
    while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
      parts.add(repeated(atom()));
    }
    return parts.size() == 1 ? parts.getFirst() : new Sequence(parts);
  }

  private RegexNode atom() {
    if (take('(')) {
      return group();
    }
    if (take('[')) {
      return new Chars(setInBrackets());
    }
    if (take('.')) {
      return new Chars(CodePoints.of('\n').not());
    }
    if (take('$')) {
      return new Look(CodePoints.of('\n'), true);
    }
    if (takeAll("\\z")) {
      return new Look(CodePoints.NONE, true);
    }
    if (peek() == '^' || takeAll("\\b") || takeAll("\\B") || takeAll("\\A") || takeAll("\\G")) {
      throw refused("a condition on what comes before");
    }
    if (peek() == '*' || peek() == '+' || peek() == '?') {
      throw refused("a quantifier with nothing before it");
    }
    return new Chars(character());
  }

  private RegexNode group() {
    if (++depth > DEEPEST) {
      throw refused("groups more than " + DEEPEST + " deep");
    }
    boolean outerCase = ignoreCase;
    RegexNode node;
    if (takeAll("?=")) {
      node = look(choice(), false);
    } else if (takeAll("?!")) {
      node = look(choice(), true);
    } else {
      if (takeAll("?i:")) {
        ignoreCase = true;
      } else if (peek() == '?' && !takeAll("?:")) {
        throw refused("this kind of group");
      }
      node = choice();
    }
    if (!take(')')) {
      throw refused("a group that is not closed");
    }
    ignoreCase = outerCase;
    depth--;
    return node;
  }

  private RegexNode look(RegexNode ahead, boolean negative) {
    if (!(ahead instanceof Chars chars)) {
      throw refused("a look-ahead at more than one character");
    }
    return new Look(negative ? chars.set().not() : chars.set(), negative);
  }

  private RegexNode repeated(RegexNode atom) {
    RegexNode node = atom;
    for (int quantifiers = 0; ; quantifiers++) {
      if (quantifiers > MOST_QUANTIFIERS) {
        throw refused("more than " + MOST_QUANTIFIERS + " quantifiers on one another");
      }
      if (take('*')) {
        node = quantified(node, 0, Repeat.UNBOUNDED);
      } else if (take('+')) {
        node = quantified(node, 1, Repeat.UNBOUNDED);
      } else if (take('?')) {
        node = quantified(node, 0, 1);
      } else if (peek() == '{' && intervalFollows()) {
        node = interval(node);
      } else {
        return node;
      }
    }
  }

  private RegexNode quantified(RegexNode body, int least, int most) {
    if (!take('+')) {
      return new Repeat(body, least, most, !take('?'));
    }
    if (!(body instanceof Chars chars)) {
      throw refused("a possessive quantifier on more than one character");
    }
    return new Possessive(chars, least, most);
  }

  /** {least,most}, which is never possessive; {number}? is that number or none. */
  private RegexNode interval(RegexNode body) {
    take('{');
    int least = peek() == ',' ? 0 : number();
    boolean range = take(',');
    int most = !range ? least : peek() == '}' ? Repeat.UNBOUNDED : number();
    if (!take('}') || most < least) {
      throw refused("a repetition that is not {least,most}");
    }
    boolean reluctant = range && take('?');
    return new Repeat(body, least, most, !reluctant);
  }

  /** What stands between brackets, of which the first is read. */
  private CodePoints setInBrackets() {
    if (++depth > DEEPEST) {
      throw refused("sets more than " + DEEPEST + " deep");
    }
    boolean negative = take('^');
    CodePoints all = CodePoints.ALL;
    CodePoints set = CodePoints.NONE;
    boolean first = true;
    while (first || peek() != ']') {
      if (at >= pattern.length()) {
        throw refused("a set that is not closed");
      }
      if (takeAll("&&")) {
        all = all.and(set);
        set = CodePoints.NONE;
      } else {
        if (pattern.startsWith("[:", at)) {
          throw refused("a POSIX bracket");
        }
        set = set.or(take('[') ? setInBrackets() : member());
      }
      first = false;
    }
    take(']');
    depth--;
    CodePoints result = all.and(set);
    return negative ? result.not() : result;
  }

  /** A character, a class or a range in a set. */
  private CodePoints member() {
    int from = at;
    CodePoints single = character();
    boolean range = peek() == '-' && at + 1 < pattern.length() && pattern.charAt(at + 1) != ']';
    if (!range || !isOne(from)) {
      return single;
    }
    take('-');
    int lastFrom = at;
    character();
    int first = codePointAt(from);
    int last = isOne(lastFrom) ? codePointAt(lastFrom) : -1;
    if (last < first) {
      throw refused("a range that does not ascend");
    }
    return folded(CodePoints.range(first, last));
  }

  /** A literal character, an escaped one or a class such as \p{L}. */
  private CodePoints character() {
    int from = at;
    if (peek() != '\\') {
      at += Character.charCount(pattern.codePointAt(at));
      return folded(CodePoints.of(pattern.codePointAt(from)));
    }
    at++;
    if (at >= pattern.length()) {
      throw refused("a '\\' at the end");
    }
    char kind = pattern.charAt(at++);
    return switch (kind) {
      case 'p', 'P' -> property(kind == 'P');
      case 's' -> UnicodeSets.WHITE_SPACE;
      case 'S' -> UnicodeSets.WHITE_SPACE.not();
      case 'd' -> UnicodeSets.named("Nd").orElseThrow();
      case 'D' -> UnicodeSets.named("Nd").orElseThrow().not();
      case 'w' -> UnicodeSets.wordInPatterns();
      case 'W' -> UnicodeSets.wordInPatterns().not();
      case 'x' -> hexadecimal();
      case 'u' -> CodePoints.of(hexadecimal(4));
      default -> folded(CodePoints.of(escaped(kind)));
    };
  }

  /** Whether what was read from there on is one character. */
  private boolean isOne(int from) {
    return pattern.charAt(from) != '\\' || "pPsSdDwW".indexOf(pattern.charAt(from + 1)) < 0;
  }

  private int codePointAt(int from) {
    int back = at;
    at = from;
    boolean fold = ignoreCase;
    ignoreCase = false;
    int codePoint = character().bounds()[0];
    ignoreCase = fold;
    at = back;
    return codePoint;
  }

  private CodePoints property(boolean negative) {
    int close = pattern.indexOf('}', at);
    if (peek() != '{' || close < 0) {
      throw refused("a property without {name}");
    }
    String name = pattern.substring(at + 1, close);
    boolean inverted = name.startsWith("^");
    CodePoints set =
        UnicodeSets.named(inverted ? name.substring(1) : name)
            .orElseThrow(() -> refused("the property " + name));
    at = close + 1;
    return negative != inverted ? set.not() : set;
  }

  private CodePoints hexadecimal() {
    if (!take('{')) {
      return CodePoints.of(hexadecimal(2));
    }
    int close = pattern.indexOf('}', at);
    int codePoint = close < 0 ? -1 : hexadecimal(close - at);
    if (!take('}')) {
      throw refused("\\x{ that is not closed");
    }
    return CodePoints.of(codePoint);
  }

  private int hexadecimal(int digits) {
    try {
      int codePoint = Integer.parseUnsignedInt(pattern, at, at + digits, 16);
      if (Character.isValidCodePoint(codePoint)) {
        at += digits;
        return codePoint;
      }
    } catch (NumberFormatException | IndexOutOfBoundsException noNumber) {
      throw refused("an escape that is not hexadecimal");
    }
    throw refused("a code point beyond U+10FFFF");
  }

  private int escaped(char kind) {
    return switch (kind) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'f' -> '\f';
      case 'v' -> 0x0B;
      case '0' -> 0;
      default -> {
        if (Character.isLetterOrDigit(kind)) {
          at--;
          throw refused("the escape \\" + kind);
        }
        int codePoint = pattern.codePointAt(at - 1);
        at += Character.charCount(codePoint) - 1;
        yield codePoint;
      }
    };
  }

  private CodePoints folded(CodePoints set) {
    return ignoreCase ? UnicodeSets.ofAnyCase(set) : set;
  }

  /** Whether a '{' is more than itself. */
  private boolean intervalFollows() {
    int first = pattern.startsWith("{,", at) ? at + 2 : at + 1;
    return first < pattern.length() && Character.isDigit(pattern.charAt(first));
  }

  private int number() {
    int from = at;
    while (at < pattern.length() && pattern.charAt(at) >= '0' && pattern.charAt(at) <= '9') {
      at++;
    }
    int digits = at - from;
    int number = digits == 0 || digits > 4 ? -1 : Integer.parseInt(pattern, from, at, 10);
    if (number < 0 || number > MOST_REPEATS) {
      throw refused("a repetition of other than 0 to " + MOST_REPEATS);
    }
    return number;
  }

  private int peek() {
    return at < pattern.length() ? pattern.charAt(at) : -1;
  }

  private boolean take(char expected) {
    boolean there = peek() == expected;
    at += there ? 1 : 0;
    return there;
  }

  private boolean takeAll(String expected) {
    boolean there = pattern.startsWith(expected, at);
    at += there ? expected.length() : 0;
    return there;
  }

  private WroughtException refused(String what) {
    return new WroughtException(
        ErrorCode.FAILED_PRECONDITION,
        "%s, at character %d of the pattern %s, is not supported: it has to be Oniguruma's syntax, and matched in linear time"
            .formatted(what, at, pattern));
  }
}
