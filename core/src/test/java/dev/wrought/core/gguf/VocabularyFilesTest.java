package dev.wrought.core.gguf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** llama.cpp's own files of vocabularies: what is known of them, and their bytes written again. */
final class VocabularyFilesTest {
  private static final Path DATA = Path.of(System.getProperty("wrought.data", "missing"));

  @TempDir Path folder;

  @BeforeAll
  static void needsData() {
    assumeTrue(Files.exists(file("gpt-2")), "no folder of test data: set -Dwrought.data");
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-2,     gpt2,   gpt2,  50257, 50000, 1024, 16",
    "falcon,    falcon, gpt2,  65024, 64784, 2048, 18",
    "llama-spm, llama,  llama, 32000,     0, 4096, 22"
  })
  void open_vocabulary_hasItsKnownFacts(
      String name,
      String architecture,
      String model,
      int tokens,
      int merges,
      int contextLength,
      int keys) {
    GgufMetadata metadata = metadata(name);
    assertEquals(architecture, metadata.text("general.architecture"));
    assertEquals(model, metadata.text("tokenizer.ggml.model"));
    assertEquals(tokens, metadata.texts("tokenizer.ggml.tokens").size());
    assertEquals(tokens, metadata.integers("tokenizer.ggml.token_type").length);
    assertEquals(
        merges,
        metadata.find("tokenizer.ggml.merges").map(found -> ((Texts) found).size()).orElse(0));
    assertEquals(contextLength, metadata.integer(architecture + ".context_length"));
    assertEquals(keys, metadata.values().size());
  }

  @Test
  void open_gpt2_hasItsTokens() {
    GgufMetadata metadata = metadata("gpt-2");
    Texts tokens = metadata.texts("tokenizer.ggml.tokens");
    assertEquals(List.of("!", "\"", "#"), tokens.subList(0, 3));
    assertEquals("Ġgazed", tokens.get(50_255));
    assertEquals(
        "<|endoftext|>", tokens.get(metadata.integer("tokenizer.ggml.eos_token_id", 0, 50_256)));
    assertEquals("Ġg azed", metadata.texts("tokenizer.ggml.merges").getLast());
    assertEquals(1e-5f, metadata.real("gpt2.attention.layer_norm_epsilon"));
    assertEquals(3, metadata.integers("tokenizer.ggml.token_type")[50_256]);
  }

  @Test
  void open_llama_hasItsScores() {
    GgufMetadata metadata = metadata("llama-spm");
    float[] scores = metadata.floats("tokenizer.ggml.scores");
    assertArrayEquals(new float[] {-31_739, -31_740}, new float[] {scores[31_998], scores[31_999]});
    assertEquals("给", metadata.texts("tokenizer.ggml.tokens").getLast());
    assertTrue(metadata.bool("tokenizer.ggml.add_bos_token"));
    assertFalse(metadata.bool("tokenizer.ggml.add_eos_token"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-2", "falcon", "llama-spm"})
  void write_whatWasRead_givesTheSameFile(String name) throws IOException {
    Path again = folder.resolve("again.gguf");
    GgufWriter.write(again, metadata(name), List.of());
    assertEquals(-1, Files.mismatch(file(name), again));
  }

  private static GgufMetadata metadata(String name) {
    try (GgufFile vocabulary = GgufFile.open(file(name))) {
      assertTrue(vocabulary.tensors().isEmpty());
      return vocabulary.metadata();
    }
  }

  private static Path file(String name) {
    return DATA.resolve("tokenizer/ggml-vocab-%s.gguf".formatted(name));
  }
}
