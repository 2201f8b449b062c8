package dev.wrought.core.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import dev.wrought.core.text.MixedTexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On text of all kinds real vocabularies give the ids and places that the oracles give. */
class MixedTextOracleTest {
  private static final Path DATA = Path.of(System.getProperty("wrought.data", "missing"));
  private static final EncodingRegistry REGISTRY = Encodings.newLazyEncodingRegistry();
  private static final long SEED = 20_260;
  private static final long MEGABYTE = 1_000_000;

  /** Of each of seven vocabularies: two megabytes together. */
  private static final long SOME = 300_000;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "P50K_EDIT")
  void encode_some_asJTokkit(EncodingType type) {
    assertAsJTokkit(type, SOME);
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "P50K_EDIT")
  void encode_fiftyMegabytes_asJTokkit(EncodingType type) {
    assertAsJTokkit(type, 50 * MEGABYTE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2-tokenizer.json", "cl100k_base", "ggml-vocab-llama-spm.gguf"})
  void encode_some_asHuggingFacesLibrary(String vocabulary) throws IOException {
    assertAsTheLibrary(vocabulary, SOME);
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "gpt2-tokenizer.json",
        "o200k_base",
        "ggml-vocab-falcon.gguf",
        "ggml-vocab-llama-spm.gguf"
      })
  void encode_fiftyMegabytes_asHuggingFacesLibrary(String vocabulary) throws IOException {
    assertAsTheLibrary(vocabulary, 50 * MEGABYTE);
  }

  private static void assertAsJTokkit(EncodingType type, long bytes) {
    Encoding oracle = REGISTRY.getEncoding(type);
    Tokenizer tokenizer = TestTokenizers.openAi(type);
    for (String text : new MixedTexts(SEED, DATA).ofBytes(bytes)) {
      int[] ids = tokenizer.encode(text);
      assertArrayEquals(
          oracle.encodeOrdinary(text).toArray(), ids, () -> "seed " + SEED + ": " + text);
      assertEquals(text, new String(tokenizer.decode(ids), StandardCharsets.UTF_8));
    }
  }

  private void assertAsTheLibrary(String vocabulary, long bytes) throws IOException {
    Tokenizer tokenizer = vocabulary(vocabulary);
    String json = new String(TokenizerJsonWriter.render(tokenizer.parts()), StandardCharsets.UTF_8);
    // Of characters that Falcon has no token for the library counts the places wrong.
    boolean places = !vocabulary.contains("falcon");
    try (HuggingFaceTokenizer library = HuggingFaceOracle.library(json, folder)) {
      for (String text : new MixedTexts(SEED, DATA).ofBytes(bytes)) {
        HuggingFaceOracle.compare(tokenizer, library, text, places, "seed " + SEED);
      }
    }
  }

  private static Tokenizer vocabulary(String name) {
    for (EncodingType type : EncodingType.values()) {
      if (type.getName().equals(name)) {
        return TestTokenizers.openAi(type);
      }
    }
    Path file = DATA.resolve("tokenizer/" + name);
    assumeTrue(Files.exists(file), "no folder of test data: set -Dwrought.data");
    return TokenizerFile.read(file);
  }
}
