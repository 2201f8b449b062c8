package dev.wrought.core.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

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

  /** Ascending; range i goes from starts[i] to starts[i + 1], exclusive. */
  private final int[] starts;

  private final char[] classes;
  private final char[] basicPlane = new char[BASIC_PLANE];

  /** By class, the sets that it is in. */
  private final List<BitSet> members = new ArrayList<>();

  RegexAlphabet(List<CodePoints> sets) {
    SortedMap<Integer, BitSet> changes = changes(sets);
    this.starts = changes.keySet().stream().mapToInt(Integer::intValue).toArray();
    this.classes = new char[starts.length + 1];
    Map<BitSet, Integer> known = new HashMap<>();
    BitSet in = new BitSet();
    for (int range = 0; range <= starts.length; range++) {
      if (range > 0) {
        in.xor(changes.get(starts[range - 1]));
      }
      BitSet members = (BitSet) in.clone();
      classes[range] = (char) (int) known.computeIfAbsent(members, _ -> known.size());
      if (known.size() > this.members.size()) {
        this.members.add(members);
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

  /** Whether the characters of a class are in a set. @param set its index in the list */
  boolean in(int characters, int set) {
    return characters < end() && members.get(characters).get(set);
  }

  /** The class of the character of so many bytes; 0 bytes: of one that is not UTF-8. */
  int classOf(byte[] text, int at, int length) {
    int codePoint = length == 0 ? NOT_UTF8 : Utf8.codePointAt(text, at, length);
    return codePoint < BASIC_PLANE ? basicPlane[codePoint] : searched(codePoint);
  }

  /** By code point, ascending, the sets that begin or end before it. */
  private static SortedMap<Integer, BitSet> changes(List<CodePoints> sets) {
    SortedMap<Integer, BitSet> changes = new TreeMap<>();
    for (int set = 0; set < sets.size(); set++) {
      for (int bound : sets.get(set).bounds()) {
        changes.computeIfAbsent(bound, _ -> new BitSet()).flip(set);
      }
    }
    return changes;
  }

  private int searched(int codePoint) {
    int at = Arrays.binarySearch(starts, codePoint);
    return classes[at >= 0 ? at + 1 : -at - 1];
  }
}
