package dev.wrought.core.tokenizer;

import java.nio.charset.StandardCharsets;

/** Small tokenizers for tests. */
final class TestTokenizers {
  static final String PROSE =
      "the cat sat on the mat. the dog sat on the log. the cat and the dog sat together; "
          + "they're 12 and 123 years old, aren't they?\n\n    the end\n";

  private TestTokenizers() {}

  static WordCounts counts(String... texts) {
    WordCounts counts = new WordCounts();
    for (String text : texts) {
      counts.add(text.getBytes(StandardCharsets.UTF_8));
    }
    return counts;
  }

  /** Forty merges of prose, one of them of two spaces. */
  static Tokenizer prose() {
    return BpeTrainer.train(
        counts(PROSE.repeat(3)), BpeTrainer.minimumVocabulary() + 40, (merges, wanted) -> {});
  }
}
