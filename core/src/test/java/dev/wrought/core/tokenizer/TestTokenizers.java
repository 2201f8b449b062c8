package dev.wrought.core.tokenizer;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Small tokenizers for tests. */
final class TestTokenizers {
  static final String PROSE =
      "the cat sat on the mat. the dog sat on the log. the cat and the dog sat together; "
          + "they're 12 and 123 years old, aren't they?\n\n    the end\n";

  private static final Map<EncodingType, Tokenizer> OPEN_AI = new EnumMap<>(EncodingType.class);

  private TestTokenizers() {}

  /** OpenAI's, from the files in JTokkit's jar; each is read once. */
  static Tokenizer openAi(EncodingType type) {
    return OPEN_AI.computeIfAbsent(type, TestTokenizers::fromJar);
  }

  private static Tokenizer fromJar(EncodingType type) {
    String file = type.getName() + ".tiktoken";
    try (InputStream stream = Encodings.class.getResourceAsStream(file)) {
      return TiktokenFile.parse(stream.readAllBytes(), file, Optional.empty());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

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
