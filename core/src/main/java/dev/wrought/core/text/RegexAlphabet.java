package dev.wrought.core.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The characters of a pattern by class: two are of one class if no set of the pattern tells them
 * apart. An automaton then has few transitions a state. The end of the text is one more class.
 * Immutable.
 *
 * <p>A byte that is not UTF-8 counts as a code point that is not assigned: it is in negated sets
 * only.
 */
final class RegexAlphabet {
  private static final int NOT_UTF8 = 0x10FFFF;
  private static final int BASIC_PLANE = 1 << 16;

  private final List<CodePoints> sets;

  /** Ascending; range i goes from starts[i] to starts[i + 1], exclusive. */
  private final int[] starts;

  private final short[] classes;
  private final short[] basicPlane = new short[BASIC_PLANE];

  /** By class, the sets that it is in. */
  private final List<BitSet> members = new ArrayList<>();

  RegexAlphabet(List<CodePoints> sets) {
    this.sets = List.copyOf(sets);
    this.starts =
        sets.stream()
            .flatMapToInt(set -> Arrays.stream(set.bounds()))
            .filter(bound -> bound < CodePoints.END)
            .distinct()
            .sorted()
            .toArray();
    this.classes = new short[starts.length + 1];
    Map<BitSet, Integer> known = new HashMap<>();
    for (int range = 0; range <= starts.length; range++) {
      BitSet in = setsOf(range == 0 ? 0 : starts[range - 1]);
      classes[range] = (short) (int) known.computeIfAbsent(in, _ -> known.size());
      if (known.size() > members.size()) {
        members.add(in);
      }
    }
    for (int range = 0; range <= starts.length; range++) {
      int from = range == 0 ? 0 : starts[range - 1];
      int to = range == starts.length ? BASIC_PLANE : starts[range];
      if (from < BASIC_PLANE) {
        Arrays.fill(basicPlane, from, Math.min(to, BASIC_PLANE), classes[range]);
      }
    }
  }

  /** How many classes of characters there are; this number stands for the end. */
  int end() {
    return members.size();
  }

  /** Whether the characters of a class are in a set. */
  boolean in(int characters, int set) {
    return characters < end() && members.get(characters).get(set);
  }

  /** Index of a set. */
  int indexOf(CodePoints set) {
    return sets.indexOf(set);
  }

  /** The class of the character of so many bytes; 0 bytes: of one that is not UTF-8. */
  int classOf(byte[] text, int at, int length) {
    int codePoint = length == 0 ? NOT_UTF8 : Utf8.codePointAt(text, at, length);
    return codePoint < BASIC_PLANE ? basicPlane[codePoint] : searched(codePoint);
  }

  private BitSet setsOf(int codePoint) {
    BitSet in = new BitSet();
    for (int set = 0; set < sets.size(); set++) {
      in.set(set, sets.get(set).contains(codePoint));
    }
    return in;
  }

  private int searched(int codePoint) {
    int at = Arrays.binarySearch(starts, codePoint);
    return classes[at >= 0 ? at + 1 : -at - 1];
  }
}
