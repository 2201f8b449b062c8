package dev.wrought.core.text;

import dev.wrought.core.text.RegexNode.Chars;
import dev.wrought.core.text.RegexNode.Repeat;
import dev.wrought.core.text.RegexNode.Sequence;
import java.util.List;
import java.util.Optional;

/**
 * Cuts where runs of a set of characters begin and end: what most rules of a sequence do, such as
 * {@code \p{N}{1,3}} or {@code \s?\p{L}+}. Each run is a word, and so is what lies between.
 * Stateless and thread-safe; a word is read at most twice.
 */
final class RunSplitter implements Splitter {
  private static final int BASIC_PLANE = 1 << 16;

  /** In place of a place, where there is none. */
  private static final int NOWHERE = -1;

  private final CodePoints set;
  private final boolean[] basicPlane = new boolean[BASIC_PLANE];
  private final int least;
  private final int most;
  private final boolean afterSpace;

  /**
   * @param least characters of a run, at least 1
   * @param most characters of a run; of a longer one the rest is another
   * @param afterSpace whether a run takes one white space before it along
   */
  RunSplitter(CodePoints set, int least, int most, boolean afterSpace) {
    this.set = set;
    this.least = least;
    this.most = most;
    this.afterSpace = afterSpace;
    for (int codePoint = 0; codePoint < BASIC_PLANE; codePoint++) {
      basicPlane[codePoint] = set.contains(codePoint);
    }
  }

  /** The one that does the same as a pattern whose matches are isolated, if there is one. */
  static Optional<Splitter> of(RegexNode pattern) {
    if (pattern instanceof Sequence(List<RegexNode> parts)
        && parts.size() == 2
        && parts.getFirst() instanceof Repeat(Chars(CodePoints space), int least, int most, _)
        && space.equals(UnicodeSets.WHITE_SPACE)
        && least == 0
        && most == 1) {
      return of(parts.getLast(), true);
    }
    return of(pattern, false);
  }

  /** The one that does the same as a pattern whose neighbouring matches are joined. */
  static Optional<Splitter> ofContiguous(RegexNode pattern) {
    return pattern instanceof Chars(CodePoints set)
        ? Optional.of(new RunSplitter(set, 1, Repeat.UNBOUNDED, false))
        : Optional.empty();
  }

  private static Optional<Splitter> of(RegexNode run, boolean afterSpace) {
    return switch (run) {
      case Chars(CodePoints set) -> Optional.of(new RunSplitter(set, 1, 1, afterSpace));
      case Repeat(Chars(CodePoints set), int least, int most, boolean greedy)
          when greedy && least > 0 ->
          Optional.of(new RunSplitter(set, least, most, afterSpace));
      case Sequence(List<RegexNode> parts)
          when !parts.isEmpty()
              && parts.getFirst() instanceof Chars(CodePoints set)
              && parts.stream().allMatch(parts.getFirst()::equals) ->
          Optional.of(new RunSplitter(set, parts.size(), parts.size(), afterSpace));
      default -> Optional.empty();
    };
  }

  @Override
  public int next(byte[] text, int from, int to) {
    int end = matchEnd(text, from, to);
    if (end != NOWHERE) {
      return end;
    }
    int at = from;
    do {
      at += Utf8Classes.length(Utf8Classes.at(text, at, to));
    } while (at < to && matchEnd(text, at, to) == NOWHERE);
    return at;
  }

  private int matchEnd(byte[] text, int from, int to) {
    int first = Utf8Classes.at(text, from, to);
    if (afterSpace && Utf8Classes.in(first, Utf8Classes.WHITE_SPACE)) {
      int end = runEnd(text, from + Utf8Classes.length(first), to);
      if (end != NOWHERE) {
        return end;
      }
    }
    return runEnd(text, from, to);
  }

  /** The end of the run that begins here. */
  private int runEnd(byte[] text, int from, int to) {
    int at = from;
    int count = 0;
    while (at < to && count < most) {
      int length = Utf8.lengthAt(text, at, to);
      if (length == 0 || !contains(Utf8.codePointAt(text, at, length))) {
        break;
      }
      at += length;
      count++;
    }
    return count < least ? NOWHERE : at;
  }

  private boolean contains(int codePoint) {
    return codePoint < BASIC_PLANE ? basicPlane[codePoint] : set.contains(codePoint);
  }
}
