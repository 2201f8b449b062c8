package dev.wrought.core.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Small tokenizers for tests. */
final class TestTokenizers {
  static final String PROSE =
      "the cat sat on the mat. the dog sat on the log. the cat and the dog sat together; "
          + "they're 12 and 123 years old, aren't they?\n\n    the end\n";

  /** What splitting rules tell apart. */
  private static final String[] PIECES = {
    "a", "Z", "é", "ß", "Ǆ", "ǅ", "ǆ", "中", "ア", "𐐀", "𐐨", "ʰ", "1", "٣", "²", "Ⅷ", "𝟘", " ",
    " ", "\t", "\n", "\r", "\r\n", "\u00a0", "\u2003", "\u2028", "\u3000", "\u0085", "\u000b",
    "\u001c", "'", "'s", "'t", "'re", "'ve", "'m", "'ll", "'d", "'l", "'S", "'LL", "'Re", "'ſ", "ſ",
    ".", "/", "—", "€", "😀", "\u0301", "\u0903", "\u20dd", "\u0000", "\u200b", "\ufeff", "\ue000",
    "_"
  };

  private TestTokenizers() {}

  /** Up to twelve pieces, each of which some splitting rule is about. */
  static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  static WordCounts counts(String... texts) {
    WordCounts counts = new WordCounts();
    for (String text : texts) {
      counts.add(text.getBytes(StandardCharsets.UTF_8));
    }
    return counts;
  }

  /** Forty merges of prose, one of them of two spaces. */
  static BpeTokenizer prose() {
    return BpeTrainer.train(
        counts(PROSE.repeat(3)), BpeTrainer.minimumVocabulary() + 40, (merges, wanted) -> {});
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
