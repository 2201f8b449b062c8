package dev.wrought.core.text;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * A set of code points: sorted ranges that neither overlap nor touch. Immutable.
 *
 * @param bounds where the set begins and ends by turns: [first, end[ of each range
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by content; nobody outside changes it.
record CodePoints(int[] bounds) {
  static final int END = Character.MAX_CODE_POINT + 1;

  /** Nothing is assigned, or planned, between these. */
  static final int EMPTY_FROM = 0x34000;

  static final int EMPTY_TO = 0xDFFFF;
  static final CodePoints NONE = new CodePoints(new int[0]);
  static final CodePoints ALL = range(0, Character.MAX_CODE_POINT);

  /** Both ends are in the set. */
  static CodePoints range(int first, int last) {
    return new CodePoints(new int[] {first, last + 1});
  }

  static CodePoints of(int codePoint) {
    return range(codePoint, codePoint);
  }

  /** These, which ascend. */
  static CodePoints ascending(int... codePoints) {
    int[] bounds = new int[2 * codePoints.length];
    int size = 0;
    for (int codePoint : codePoints) {
      if (size > 0 && bounds[size - 1] == codePoint) {
        bounds[size - 1]++;
      } else {
        bounds[size++] = codePoint;
        bounds[size++] = codePoint + 1;
      }
    }
    return new CodePoints(Arrays.copyOf(bounds, size));
  }

  /**
   * All that a predicate on a property of Unicode holds of. It is asked for those that have been
   * assigned or may be soon; the planes between are taken to be all alike.
   */
  static CodePoints matching(IntPredicate predicate) {
    int[] bounds = new int[64];
    int size = 0;
    boolean within = false;
    for (int codePoint = 0; codePoint <= END; codePoint++) {
      if (codePoint == EMPTY_FROM) {
        codePoint = EMPTY_TO;
      }
      if ((codePoint < END && predicate.test(codePoint)) != within) {
        if (size == bounds.length) {
          bounds = Arrays.copyOf(bounds, 2 * size);
        }
        bounds[size++] = codePoint;
        within = !within;
      }
    }
    return new CodePoints(Arrays.copyOf(bounds, size));
  }

  boolean isEmpty() {
    return bounds.length == 0;
  }

  boolean contains(int codePoint) {
    int at = Arrays.binarySearch(bounds, codePoint);
    return ((at >= 0 ? at + 1 : -at - 1) & 1) == 1;
  }

  CodePoints or(CodePoints other) {
    return combined(other, (mine, theirs) -> mine || theirs);
  }

  CodePoints and(CodePoints other) {
    return combined(other, (mine, theirs) -> mine && theirs);
  }

  CodePoints not() {
    return ALL.combined(this, (all, mine) -> !mine);
  }

  /** Whether a code point that is in either set, both or none is in the result. */
  private interface Rule {
    boolean holds(boolean mine, boolean theirs);
  }

  private CodePoints combined(CodePoints other, Rule rule) {
    int[] result = new int[bounds.length + other.bounds.length];
    int size = 0;
    int mine = 0;
    int theirs = 0;
    boolean within = false;
    while (mine < bounds.length || theirs < other.bounds.length) {
      int next =
          Math.min(
              mine < bounds.length ? bounds[mine] : END,
              theirs < other.bounds.length ? other.bounds[theirs] : END);
      mine += mine < bounds.length && bounds[mine] == next ? 1 : 0;
      theirs += theirs < other.bounds.length && other.bounds[theirs] == next ? 1 : 0;
      if (rule.holds((mine & 1) == 1, (theirs & 1) == 1) != within) {
        result[size++] = next;
        within = !within;
      }
    }
    return new CodePoints(Arrays.copyOf(result, size));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CodePoints(int[] theirs) && Arrays.equals(bounds, theirs);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bounds);
  }
}
