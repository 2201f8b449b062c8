package dev.wrought.tokenizer.report;

import dev.wrought.core.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How a dataset uses its tokenizer's vocabulary.
 *
 * @param size tokens in the vocabulary
 * @param used those that occur
 * @param unused those that never do
 * @param top the most frequent ones, in falling order
 */
public record VocabularyUse(int size, int used, int unused, List<TopToken> top) {
  /** How many of the most frequent tokens are told. */
  private static final int TOP = 50;

  public VocabularyUse {
    top = List.copyOf(top);
  }

  /**
   * A token, and how often it occurs.
   *
   * @param text what it stands for; bytes that are no UTF-8 by themselves are U+FFFD
   * @param bytes the same, as hex digits
   * @param share of all tokens, 0 to 1
   */
  public record TopToken(
      int id, String text, String bytes, boolean special, long count, double share) {}

  static VocabularyUse of(Tokenizer tokenizer, long[] occurrences) {
    int used = (int) Arrays.stream(occurrences).filter(count -> count > 0).count();
    long all = Arrays.stream(occurrences).sum();
    List<TopToken> top =
        IntStream.range(0, occurrences.length)
            .filter(id -> occurrences[id] > 0)
            .boxed()
            .sorted(
                Comparator.comparingLong((Integer id) -> -occurrences[id])
                    .thenComparing(Comparator.naturalOrder()))
            .limit(TOP)
            .map(id -> token(tokenizer, id, occurrences[id], all))
            .toList();
    return new VocabularyUse(occurrences.length, used, occurrences.length - used, top);
  }

  private static TopToken token(Tokenizer tokenizer, int id, long count, long all) {
    byte[] bytes = tokenizer.bytesOf(id);
    return new TopToken(
        id,
        new String(bytes, StandardCharsets.UTF_8),
        HexFormat.ofDelimiter(" ").formatHex(bytes),
        tokenizer.isSpecial(id),
        count,
        (double) count / all);
  }
}
