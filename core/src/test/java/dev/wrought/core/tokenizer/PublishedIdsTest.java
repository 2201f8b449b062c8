package dev.wrought.core.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real vocabularies give the ids that others published for them. */
class PublishedIdsTest {
  private static final Path DATA = Path.of(System.getProperty("wrought.data", "missing"));
  private static final Path GPT2 = DATA.resolve("tokenizer/gpt2-tokenizer.json");
  private static final String SEPARATOR = "\n__ggml_vocab_test__\n";

  @BeforeAll
  static void needsData() {
    assumeTrue(Files.exists(GPT2), "no folder of test data: set -Dwrought.data");
  }

  @ParameterizedTest
  @CsvSource({
    "gpt2-tokenizer.json, gpt-2",
    "ggml-vocab-gpt-2.gguf, gpt-2",
    "ggml-vocab-falcon.gguf, falcon",
    "ggml-vocab-llama-spm.gguf, llama-spm"
  })
  void encode_everyEntryOfThePublishedPairs_hasTheirIds(String file, String pair)
      throws IOException {
    Tokenizer tokenizer = TokenizerFile.read(DATA.resolve("tokenizer/" + file));
    Path published = DATA.resolve("tokenizer/ggml-vocab-" + pair + ".gguf");
    List<String> texts =
        List.of(Files.readString(Path.of(published + ".inp")).split(SEPARATOR, -1));
    List<String> ids = Files.readAllLines(Path.of(published + ".out"));
    // The files end with a separator each.
    assertEquals(ids.size(), texts.size() - 1);
    for (int i = 0; i < ids.size(); i++) {
      int[] expected =
          Arrays.stream(ids.get(i).strip().split(" +"))
              .filter(id -> !id.isEmpty())
              .mapToInt(Integer::parseInt)
              .toArray();
      String text = texts.get(i);
      assertArrayEquals(expected, tokenizer.encode(text), () -> "entry '" + text + "'");
      assertEquals(text, new String(tokenizer.decode(expected), StandardCharsets.UTF_8));
    }
  }

  @Test
  void encode_tinyshakespeare_hasThePublishedNumberOfTokens() throws IOException {
    Tokenizer gpt2 = TokenizerJson.read(GPT2);
    String text = Files.readString(DATA.resolve("text/tinyshakespeare.txt"));
    int split = (int) (text.length() * 0.9);
    assertEquals(301_966, gpt2.encode(text.substring(0, split)).length);
    assertEquals(36_059, gpt2.encode(text.substring(split)).length);
  }

  @Test
  void vocabulary_ofGpt2_hasItsSizeAndEndOfText() {
    Tokenizer gpt2 = TokenizerJson.read(GPT2);
    assertEquals(50_257, gpt2.vocabularySize());
    assertEquals(50_000, gpt2.merges());
    assertEquals(50_256, gpt2.endOfTextId());
  }
}
