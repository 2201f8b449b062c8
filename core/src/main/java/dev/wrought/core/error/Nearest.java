package dev.wrought.core.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The known names that are most like one that is unknown: the "did you mean" of a message. */
public final class Nearest {
  private Nearest() {}

  /** At most {@code limit} of the known names, the most similar first, equals in their order. */
  public static List<String> of(String unknown, Collection<String> known, int limit) {
    return known.stream()
        .sorted(Comparator.comparingInt(name -> distance(unknown, name)))
        .limit(limit)
        .toList();
  }

  /** How many characters must be put in, taken out or replaced (Levenshtein 1966). */
  public static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
