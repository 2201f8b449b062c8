package dev.wrought.core.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The known names that are most like one that is unknown: the "did you mean" of a message. */
public final class Nearest {
  /** More names than this are not listed: every set of keys of ours has fewer. */
  private static final int MOST = 50;

  private Nearest() {}

  /** At most {@code limit} of the known names, the most similar first, equals in their order. */
  public static List<String> of(String unknown, Collection<String> known, int limit) {
    return known.stream()
        .sorted(Comparator.comparingInt(name -> distance(unknown, name)))
        .limit(limit)
        .toList();
  }

  /** The same as text, with how many more there are: {@code adamw, adam and 3 more}. */
  public static String listed(String unknown, Collection<String> known, int limit) {
    String names = String.join(", ", of(unknown, known, limit));
    return known.size() > limit ? "%s and %d more".formatted(names, known.size() - limit) : names;
  }

  /**
   * The name that was probably meant: the most similar one, if no more than a third of its letters
   * and one more are wrong. Upper and lower case are the same here.
   */
  public static Optional<String> meant(String unknown, Collection<String> known) {
    String typed = unknown.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(name -> distance(typed, name.toLowerCase(Locale.ROOT)) <= 1 + name.length() / 3)
        .min(Comparator.comparingInt(name -> distance(typed, name.toLowerCase(Locale.ROOT))));
  }

  /**
   * The end of a complaint about an unknown name: {@code ; did you mean "layers"? Allowed: layers,
   * width}.
   */
  public static String allowed(String unknown, Collection<String> known) {
    String all = known.size() > MOST ? listed(unknown, known, MOST) : String.join(", ", known);
    String names = known.isEmpty() ? "none" : all;
    return meant(unknown, known)
        .map(name -> "; did you mean \"" + name + "\"? Allowed: " + names)
        .orElse("; allowed: " + names);
  }

  /**
   * How many characters must be put in, taken out, replaced, or swapped with their neighbour
   * (optimal string alignment: Levenshtein 1966, Damerau 1964).
   */
  public static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(last[j], row[j - 1]));
        if (swapped(a, i, b, j)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
    }
    return row[b.length()];
  }

  private static boolean swapped(String a, int i, String b, int j) {
    return i > 1
        && j > 1
        && a.charAt(i - 1) == b.charAt(j - 2)
        && a.charAt(i - 2) == b.charAt(j - 1);
  }
}
