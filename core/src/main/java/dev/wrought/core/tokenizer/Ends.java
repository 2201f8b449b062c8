package dev.wrought.core.tokenizer;

import java.util.Arrays;
import java.util.List;

/** The special tokens at the ends of a text, and how much of it stays between them. */
final class Ends {
  private final int[] before;
  private final int[] after;
  private final int mostTokens;
  private final boolean truncateLeft;

  Ends(Template template, EncodingOptions options) {
    boolean wanted = options.addSpecial();
    this.before = wanted ? ids(template.before()) : new int[0];
    this.after = wanted ? ids(template.after()) : new int[0];
    this.mostTokens = options.mostTokens() == 0 ? Integer.MAX_VALUE : options.mostTokens();
    this.truncateLeft = options.truncateLeft();
  }

  private static int[] ids(List<Integer> ids) {
    return ids.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Whether a text of so many tokens stays as it is. */
  boolean isNone(int tokens) {
    return before.length == 0 && after.length == 0 && tokens <= mostTokens;
  }

  int[] around(int[] text) {
    int kept = kept(text.length);
    int from = truncateLeft ? text.length - kept : 0;
    int[] ids = Arrays.copyOf(before, before.length + kept + after.length);
    System.arraycopy(text, from, ids, before.length, kept);
    System.arraycopy(after, 0, ids, before.length + kept, after.length);
    return ids;
  }

  /**
   * @param textBytes length of the text, where the tokens after it lie
   */
  Encoding around(Encoding text, int textBytes) {
    int kept = kept(text.size());
    int from = truncateLeft ? text.size() - kept : 0;
    return new Encoding(
        around(text.ids()),
        places(text.starts(), from, kept, textBytes),
        places(text.ends(), from, kept, textBytes));
  }

  private int[] places(int[] places, int from, int kept, int textBytes) {
    int[] result = new int[before.length + kept + after.length];
    System.arraycopy(places, from, result, before.length, kept);
    Arrays.fill(result, before.length + kept, result.length, textBytes);
    return result;
  }

  private int kept(int tokens) {
    return Math.min(tokens, Math.max(0, mostTokens - before.length - after.length));
  }
}
