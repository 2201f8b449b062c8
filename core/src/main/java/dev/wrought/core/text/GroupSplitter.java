package dev.wrought.core.text;

import java.util.Optional;

/**
 * Cuts numbers in groups of three from their end, as people read them: 1 234 567. The patterns that
 * say so look ahead to where a number ends, which {@link Regex} does not. For one thread: it
 * remembers how much of a number is left, so that each is read twice.
 */
final class GroupSplitter implements Splitter {
  private static final int GROUP = 3;
  private static final String TO_ANY_END = "\\p{N}{1,3}(?=(?:\\p{N}{3})*(?!\\p{N}))";
  private static final String TO_END_OF_WORD = "\\d{1,3}(?=(?:\\d{3})*\\b)";
  private static final String BEFORE_WHOLE_GROUPS = "(?=(\\d{3})+(?!\\d))";

  private final CodePoints digits;
  private final boolean wholeWords;
  private final boolean beforeWholeGroups;
  private int knownAt = -1;
  private int knownTo = -1;

  /** Digits from there on. */
  private int left;

  /**
   * @param wholeWords whether a number that a letter follows is left as it is
   * @param beforeWholeGroups whether the one or two digits before the first whole group stay with
   *     what is before them, and what follows a number stays with its last group
   */
  private GroupSplitter(CodePoints digits, boolean wholeWords, boolean beforeWholeGroups) {
    this.digits = digits;
    this.wholeWords = wholeWords;
    this.beforeWholeGroups = beforeWholeGroups;
  }

  /** The one that does the same as a pattern whose matches are isolated, if there is one. */
  static Optional<Splitter> of(String pattern) {
    CodePoints decimal = UnicodeSets.named("Nd").orElseThrow();
    return switch (pattern) {
      case TO_ANY_END ->
          Optional.of(new GroupSplitter(UnicodeSets.named("N").orElseThrow(), false, false));
      case TO_END_OF_WORD -> Optional.of(new GroupSplitter(decimal, true, false));
      case BEFORE_WHOLE_GROUPS -> Optional.of(new GroupSplitter(decimal, false, true));
      default -> Optional.empty();
    };
  }

  @Override
  public void begin() {
    knownTo = -1;
  }

  @Override
  public int next(byte[] text, int from, int to) {
    int at = from;
    while (at < to) {
      int digits = digitsFrom(text, at, to);
      if (digits == 0) {
        at = afterRun(text, at, to);
        continue;
      }
      boolean cut = !beforeWholeGroups || digits % GROUP == 0;
      if (cut && at > from) {
        return at;
      }
      int size = digits % GROUP == 0 ? GROUP : digits % GROUP;
      at = afterDigits(text, at, to, size);
      know(at, to, digits - size);
      if (!beforeWholeGroups) {
        return at;
      }
    }
    return to;
  }

  /** How many digits there are from here on that are to be grouped. */
  private int digitsFrom(byte[] text, int at, int to) {
    if (at == knownAt && to == knownTo) {
      return left;
    }
    int count = 0;
    int end = at;
    for (int next = after(text, end, to); next > end; next = after(text, end, to)) {
      end = next;
      count++;
    }
    return wholeWords && isIn(UnicodeSets.wordInPatterns(), text, end, to) ? 0 : count;
  }

  private void know(int at, int to, int digits) {
    knownAt = at;
    knownTo = to;
    left = digits;
  }

  /** The end of the character here and of the digits that follow it at once. */
  private int afterRun(byte[] text, int from, int to) {
    int at = from;
    for (int next = after(text, at, to); next > at; next = after(text, at, to)) {
      at = next;
    }
    return at > from ? at : at + Utf8Classes.length(Utf8Classes.at(text, at, to));
  }

  private int afterDigits(byte[] text, int from, int to, int count) {
    int at = from;
    for (int digit = 0; digit < count; digit++) {
      at = after(text, at, to);
    }
    return at;
  }

  /** The end of the digit that begins here; the same place if there is none. */
  private int after(byte[] text, int at, int to) {
    return isIn(digits, text, at, to) ? at + Utf8.lengthAt(text, at, to) : at;
  }

  private static boolean isIn(CodePoints set, byte[] text, int at, int to) {
    int length = at < to ? Utf8.lengthAt(text, at, to) : 0;
    return length > 0 && set.contains(Utf8.codePointAt(text, at, length));
  }
}
