package dev.wrought.core.tokenizer;

import static dev.wrought.core.text.TestTexts.utf8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.wrought.core.text.MixedTexts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is trained here loads in Hugging Face's library, and gives the same ids there. */
class TrainedOracleTest {
  private static final Path DATA = Path.of(System.getProperty("wrought.data", "missing"));
  private static final long LEARNT_FROM = 11;
  private static final long ENCODED = 12;
  private static final long MEGABYTE = 1_000_000;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void encode_aMegabyteWithATrainedTokenizer_asTheLibrary(ModelKind kind) throws IOException {
    assertAsTheLibrary(kind, 2_000, MEGABYTE);
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource
  void encode_tenMegabytesWithATrainedTokenizer_asTheLibrary(ModelKind kind) throws IOException {
    assertAsTheLibrary(kind, 16_000, 10 * MEGABYTE);
  }

  private void assertAsTheLibrary(ModelKind kind, int size, long bytes) throws IOException {
    Tokenizer trained = trained(kind, size, bytes);
    assertTrue(trained.vocabularySize() > size / 2, trained.vocabularySize() + " tokens");
    Path file = folder.resolve(TokenizerJson.FILE);
    TokenizerFile.write(trained, file);
    // The library places each byte of several unknown characters at all of them.
    boolean places = kind == ModelKind.BPE;
    try (HuggingFaceTokenizer library =
        HuggingFaceTokenizer.newInstance(file, Map.of("truncation", "false", "padding", "false"))) {
      for (String text : new MixedTexts(ENCODED, DATA).ofBytes(bytes)) {
        HuggingFaceOracle.compare(trained, library, text, places, "seed " + ENCODED);
      }
    }
  }

  private static Tokenizer trained(ModelKind kind, int size, long bytes) {
    WordCounts counts = new WordCounts(kind);
    for (String text : new MixedTexts(LEARNT_FROM, DATA).ofBytes(bytes)) {
      counts.add(utf8(text));
    }
    VocabularySpec vocabulary = new VocabularySpec(size, List.of("<|tool|>"), 64);
    return switch (kind) {
      case BPE -> BpeTrainer.of(counts, vocabulary).learn((merges, wanted) -> {});
      case UNIGRAM -> UnigramTrainer.train(counts, vocabulary, (left, seeds, wanted) -> {});
    };
  }
}
