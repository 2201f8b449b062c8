package dev.wrought.core.text;

/** Cuts where a pattern matches. For one thread. */
final class PatternSplitter implements Splitter {
  private static final int NOWHERE = -1;

  private final Regex regex;
  private final SplitBehavior behavior;
  private final boolean invert;

  /** The first match of the text to {@code knownTo} from {@code knownFrom} on. */
  private int knownFrom;

  private int knownTo = NOWHERE;
  private int matchStart;
  private int matchEnd;

  /** Whether the last segment is a delimiter. */
  private boolean delimiter;

  PatternSplitter(Regex regex, SplitBehavior behavior, boolean invert) {
    this.regex = regex;
    this.behavior = behavior;
    this.invert = invert;
  }

  @Override
  public void begin() {
    knownTo = NOWHERE;
  }

  @Override
  public int next(byte[] text, int from, int to) {
    int end = segment(text, from, to);
    return switch (behavior) {
      case ISOLATED -> end;
      case REMOVED -> delimiter ? ~end : end;
      case CONTIGUOUS -> runEnd(text, end, to);
      case MERGED_WITH_PREVIOUS -> delimiter ? end : endWith(true, text, end, to);
      case MERGED_WITH_NEXT -> delimiter ? endWith(false, text, end, to) : end;
    };
  }

  /** The end of a match, or of what lies before the next one. */
  private int segment(byte[] text, int from, int to) {
    if (to != knownTo || from < knownFrom || from > matchStart) {
      boolean found = regex.find(text, from, to);
      knownFrom = from;
      knownTo = to;
      matchStart = found ? regex.matchStart() : to;
      matchEnd = found ? regex.matchEnd() : to;
    }
    boolean match = from == matchStart;
    delimiter = match != invert;
    return match ? matchEnd : matchStart;
  }

  /** The end of the segments that are of the same kind as the one that ends here. */
  private int runEnd(byte[] text, int from, int to) {
    boolean kind = delimiter;
    int end = from;
    while (end < to) {
      int next = segment(text, end, to);
      if (delimiter != kind) {
        return end;
      }
      end = next;
    }
    return end;
  }

  /** The end of the next segment if it is of the kind to be merged, else of this one. */
  private int endWith(boolean delimiters, byte[] text, int from, int to) {
    if (from == to) {
      return from;
    }
    int end = segment(text, from, to);
    return delimiter == delimiters ? end : from;
  }
}
