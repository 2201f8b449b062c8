package dev.wrought.core.tokenizer;

import static dev.wrought.core.text.TestTexts.utf8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.gguf.GgufMetadata;
import dev.wrought.core.gguf.GgufValue;
import dev.wrought.core.gguf.GgufWriter;
import dev.wrought.core.gguf.MetadataType;
import dev.wrought.core.gguf.Numbers;
import dev.wrought.core.gguf.Texts;
import dev.wrought.core.text.TestTexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written in any format and read again gives the same ids. */
class TokenizerFileTest {
  private static final Path DATA = Path.of(System.getProperty("wrought.data", "missing"));

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"own.json", "own.tiktoken", "own.gguf"})
  void write_trainedTokenizer_isReadWithTheSameIds(String name) throws IOException {
    Tokenizer prose = TestTokenizers.prose();
    assertSameAfter(prose, name);
    assertEquals(prose.specialTokens(), TokenizerFile.read(folder.resolve(name)).specialTokens());
  }

  @ParameterizedTest
  @CsvSource({
    "gpt2-tokenizer.json, gpt2.tiktoken", "gpt2-tokenizer.json, gpt2.gguf",
    "ggml-vocab-falcon.gguf, falcon.json", "ggml-vocab-falcon.gguf, falcon.gguf",
    "ggml-vocab-llama-spm.gguf, llama.json", "ggml-vocab-llama-spm.gguf, llama.gguf"
  })
  void write_realVocabulary_isReadWithTheSameIds(String from, String to) throws IOException {
    Path source = DATA.resolve("tokenizer/" + from);
    assumeTrue(Files.exists(source), "no folder of test data: set -Dwrought.data");
    assertSameAfter(TokenizerFile.read(source), to);
  }

  @Test
  void write_whatAFormatCannotSay_isRefused() throws IOException {
    Path model = sentencePiece(TinySentencePiece.BPE);
    Tokenizer characters = TokenizerFile.read(model);
    WroughtException tiktoken =
        assertThrows(
            WroughtException.class,
            () -> TokenizerFile.write(characters, folder.resolve("x.tiktoken")));
    assertEquals(ErrorCode.FAILED_PRECONDITION, tiktoken.code());
    WroughtException unknown =
        assertThrows(
            WroughtException.class, () -> TokenizerFile.write(characters, folder.resolve("x.bin")));
    assertEquals(ErrorCode.INVALID_ARGUMENT, unknown.code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"new.json", "new.tiktoken", "new.gguf"})
  void write_intoAMissingFolder_namesTheFolder(String name) {
    Path gone = folder.resolve("gone");
    WroughtException refused =
        assertThrows(
            WroughtException.class,
            () -> TokenizerFile.write(TestTokenizers.prose(), gone.resolve(name)));
    assertEquals(ErrorCode.NOT_FOUND, refused.code());
    assertEquals("no folder %s for %s; make it first".formatted(gone, name), refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"tokenizer.json, '{\"model\": {'", "vocab.json, '{\"a\": 0'", "tokenizer.json, '{]'"})
  void read_cutJson_saysWhereItEnds_andNothingOfTheParser(String name, String content)
      throws IOException {
    Files.writeString(folder.resolve("merges.txt"), "");
    assertPlain(Files.writeString(folder.resolve(name), content));
  }

  @Test
  void read_cutJsonBesidesTiktoken_saysWhereItEnds_andNothingOfTheParser() throws IOException {
    Files.writeString(folder.resolve("own.tiktoken.json"), "{\"pat_str\": [");
    assertPlain(Files.writeString(folder.resolve("own.tiktoken"), "YQ== 0\n"));
  }

  private static void assertPlain(Path file) {
    String message = assertRefused(file, "at line 1, column ").getMessage();
    assertFalse(message.contains("Source") || message.contains("REDACTED"), message);
  }

  @Test
  void read_tiktokenThatIsRefused_isNamedOnce() throws IOException {
    Path file = Files.writeString(folder.resolve("own.tiktoken"), "YQ== 0");
    String message = assertRefused(file, file + ": a .tiktoken file").getMessage();
    assertFalse(message.contains("own.tiktoken: own.tiktoken"), message);
    Path known = Files.writeString(folder.resolve("r50k_base.tiktoken"), "YQ==");
    assertRefused(known, known + ": line 1 is \"YQ==\"");
  }

  @Test
  void write_besideSettings_changesOnlyTheTokenizers() throws IOException {
    Path config = folder.resolve(TokenizerConfig.FILE);
    Files.writeString(
        config,
        """
        {"eos_token": "</s>", "chat_template": "{{ 'é' }}", "sep_token": "<sep>",
         "cls_token": {"content": "<cls>"}, "mask_token": "<|endoftext|>",
         "model_max_length": 1000000000000000019884624838656, "scale": 0.10, "auto_map": {"a": [null]}}
        """);
    TokenizerFile.write(TestTokenizers.prose(), folder.resolve("own.json"));
    String written = Files.readString(config);
    TokenizerFile.write(TestTokenizers.prose(), folder.resolve("again.json"));
    assertEquals(written, Files.readString(config));
    JsonNode settings = new ObjectMapper().readTree(written);
    assertEquals("<|endoftext|>", settings.path("eos_token").asText());
    assertEquals("PreTrainedTokenizerFast", settings.path("tokenizer_class").asText());
    assertEquals("{{ 'é' }}", settings.path("chat_template").asText());
    assertEquals("<|endoftext|>", settings.path("mask_token").asText());
    assertFalse(settings.has("sep_token"), "a token that it does not have");
    assertFalse(settings.has("cls_token"), "a token that it does not have");
    assertEquals(
        "1000000000000000019884624838656",
        settings.path("model_max_length").bigIntegerValue() + "");
    assertEquals(0.1, settings.path("scale").asDouble());
    assertEquals("{\"a\":[null]}", settings.path("auto_map").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[1]", "{\"chat_template\": ", "{} {}"})
  void write_besideSettingsThatAreNoObject_isRefusedAndWritesNothing(String there)
      throws IOException {
    Path config = Files.writeString(folder.resolve(TokenizerConfig.FILE), there);
    Path file = Files.writeString(folder.resolve("own.json"), "before");
    WroughtException refused =
        assertThrows(
            WroughtException.class, () -> TokenizerFile.write(TestTokenizers.prose(), file));
    assertEquals(ErrorCode.CORRUPT_FILE, refused.code());
    assertTrue(refused.getMessage().contains(config.toString()), refused.getMessage());
    assertFalse(refused.getMessage().contains("Source"), refused.getMessage());
    assertEquals(there, Files.readString(config));
    assertEquals("before", Files.readString(file));
  }

  @Test
  void write_mergesOfCharactersToGguf_onlyIfTheyFollowFromTheTokens() throws IOException {
    String json =
        "{\"normalizer\":{\"type\":\"Replace\",\"pattern\":{\"String\":\" \"},\"content\":\"▁\"},"
            + "\"decoder\":{\"type\":\"Replace\",\"pattern\":{\"String\":\"▁\"},\"content\":\" \"},"
            + "\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0,\"b\":1,\"▁\":2,\"ab\":3,\"▁a\":4,\"▁ab\":5},"
            + "\"merges\":[\"a b\",\"▁ a\",%s]}}";
    Tokenizer whole = TokenizerJson.parse(utf8(json.formatted("\"▁ ab\",\"▁a b\"")), "test");
    assertSameAfter(whole, "whole.gguf");
    for (String merges : new String[] {"\"▁ ab\"", "\"▁a b\"", "\"▁a b\",\"▁ ab\",\"a b\""}) {
      Tokenizer some = TokenizerJson.parse(utf8(json.formatted(merges)), "test");
      WroughtException refused =
          assertThrows(
              WroughtException.class, () -> TokenizerFile.write(some, folder.resolve("some.gguf")));
      assertEquals(ErrorCode.FAILED_PRECONDITION, refused.code());
      assertTrue(refused.getMessage().contains("merges do not follow"), refused.getMessage());
    }
  }

  @Test
  void read_vocabularyAndMerges_isGpt2sFormat() throws IOException {
    Tokenizer prose = TestTokenizers.prose();
    BpeModel model = (BpeModel) prose.parts().model();
    StringBuilder vocabulary = new StringBuilder("{");
    for (int id = 0; id < model.tokens().size(); id++) {
      vocabulary.append(id == 0 ? "" : ",").append(json(model.tokens().written(id)));
      vocabulary.append(':').append(id);
    }
    StringBuilder merges = new StringBuilder("#version: 0.2\n");
    for (int merge = 0; merge < model.merges(); merge++) {
      merges.append(model.leftOf(merge)).append(' ').append(model.rightOf(merge)).append('\n');
    }
    Files.writeString(folder.resolve("merges.txt"), merges);
    Path file = Files.writeString(folder.resolve("vocab.json"), vocabulary + "}");
    assertSame(prose, TokenizerFile.read(file));
    Files.writeString(folder.resolve("merges.txt"), merges + "a b c\n");
    assertRefused(file, "'a b c', not two tokens");
    Files.delete(folder.resolve("merges.txt"));
    assertEquals(
        ErrorCode.NOT_FOUND,
        assertThrows(WroughtException.class, () -> TokenizerFile.read(file)).code());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MAX_VALUE, 70_000})
  void read_tiktokenOfASizeThatItsTokensDoNotMake_isRefused(int size) throws IOException {
    Path file = Files.writeString(folder.resolve("own.tiktoken"), "YQ== 0\n");
    Files.writeString(
        folder.resolve("own.tiktoken.json"),
        "{\"pat_str\": \"a\", \"special_tokens\": {}, \"explicit_n_vocab\": %d}".formatted(size));
    assertEquals(ErrorCode.CORRUPT_FILE, assertRefused(file, "explicit_n_vocab").code());
  }

  @Test
  void read_specialTokenWithoutName_isRefusedAsDamage() throws IOException {
    Path file = Files.writeString(folder.resolve("own.tiktoken"), "YQ== 0\n");
    Files.writeString(
        folder.resolve("own.tiktoken.json"),
        "{\"pat_str\": \"a\", \"special_tokens\": {\"\": 1}, \"explicit_n_vocab\": 2}");
    assertEquals(ErrorCode.CORRUPT_FILE, assertRefused(file, "with id 1 has no name").code());
  }

  /** Zero bytes at the beginning make JSON UTF-32. */
  @ParameterizedTest
  @ValueSource(strings = {"vocab.json", "tokenizer.json"})
  void read_jsonOfCodePointsThatDoNotExist_isRefused(String name) throws IOException {
    Files.writeString(folder.resolve("merges.txt"), "");
    Path file = Files.write(folder.resolve(name), new byte[] {'{', 0, 0, 0, 0, 0, 'a', 'a'});
    assertRefused(file, "Invalid UTF-32 character");
  }

  @Test
  void read_sentencePieceBpe_mergesByScoreAndFallsBackToBytes() throws IOException {
    Tokenizer tokenizer = TokenizerFile.read(sentencePiece(TinySentencePiece.BPE));
    assertArrayEquals(
        ids(tokenizer, "▁", "ab", "▁", "b", "<0xC3>", "<0xA9>"), tokenizer.encode("ab bé"));
    for (String text : new String[] {"ab bé", " ab ", "\u0000", "", "a\nb"}) {
      assertEquals(
          text, new String(tokenizer.decode(tokenizer.encode(text)), StandardCharsets.UTF_8));
    }
    byte[] broken = {'a', (byte) 0xFF, (byte) 0xE2, (byte) 0x96};
    assertArrayEquals(broken, tokenizer.decode(tokenizer.encode(broken)));
  }

  @Test
  void read_sentencePieceUnigram_takesTheBestPath() throws IOException {
    Tokenizer tokenizer = TokenizerFile.read(sentencePiece(TinySentencePiece.UNIGRAM));
    assertEquals("unigram", tokenizer.model());
    assertArrayEquals(ids(tokenizer, "▁", "ab"), tokenizer.encode("ab"));
    assertEquals(
        "ab b", new String(tokenizer.decode(tokenizer.encode("ab b")), StandardCharsets.UTF_8));
  }

  @Test
  void read_damagedSentencePieceModel_isRefusedOrWhole() throws IOException {
    byte[] whole = Files.readAllBytes(sentencePiece(TinySentencePiece.UNIGRAM));
    Path file = folder.resolve("damaged.model");
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(file, Arrays.copyOf(whole, length));
      readOrRefuse(file);
    }
    long seed = 9;
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      readOrRefuse(file);
    }
    assertRefused(sentencePiece(TinySentencePiece.WORDS), "of type 3");
  }

  @Test
  void read_ggufWithDamagedVocabulary_isRefusedNamingTheKeyOrToken() throws IOException {
    assertGguf(values -> values.remove(GgufVocabulary.TOKENS), "tokenizer.ggml.tokens");
    for (String model : List.of("rwkv", "bert", "plamo2", "whitespace", "none")) {
      assertGguf(
          values -> values.put(GgufVocabulary.MODEL, new GgufValue.Text(model)),
          model + " is not known to this version; known is gpt2, gemma4, llama and t5");
    }
    assertGguf(
        values -> values.put(GgufVocabulary.TOKENS, twice(values, 40, 7)), "tokens 7 and 40");
    assertGguf(
        values -> values.put(GgufVocabulary.TOKENS, twice(values, 300, 7)), "tokens 7 and 300");
    assertGguf(
        values -> values.put(GgufVocabulary.TYPES, types(values, 3, 9)),
        "token 3, '$', has the type 9");
    assertGguf(
        values -> values.put(GgufVocabulary.MERGES, Texts.of(List.of("q zz"))),
        "'zz', which does not exist");
    assertGguf(
        values -> values.put(GgufVocabulary.FAMILY, new GgufValue.Text("mine")),
        "mine is not known");
    assertGguf(
        values -> values.put(GgufVocabulary.TYPES, Numbers.ofIntegers(MetadataType.INT32, 1, 2, 3)),
        "has 3 entries");
    assertGguf(
        values ->
            values.put(GgufVocabulary.END_ID, new GgufValue.Int(MetadataType.UINT32, 1_000_000)),
        "tokenizer.ggml.eos_token_id");
  }

  private static Texts twice(SequencedMap<String, GgufValue> values, int id, int other) {
    List<String> tokens = new ArrayList<>(GgufMetadata.of(values).texts(GgufVocabulary.TOKENS));
    tokens.set(id, tokens.get(other));
    return Texts.of(tokens);
  }

  private static Numbers types(SequencedMap<String, GgufValue> values, int id, int type) {
    Numbers types = GgufMetadata.of(values).numbers(GgufVocabulary.TYPES);
    long[] changed = new long[types.size()];
    Arrays.setAll(changed, at -> at == id ? type : types.integer(at));
    return Numbers.ofIntegers(MetadataType.INT32, changed);
  }

  private void assertGguf(Consumer<SequencedMap<String, GgufValue>> change, String message) {
    SequencedMap<String, GgufValue> values =
        new LinkedHashMap<>(GgufVocabularyWriter.metadata(TestTokenizers.prose().parts()).values());
    change.accept(values);
    Path file = folder.resolve("changed.gguf");
    GgufWriter.write(file, GgufMetadata.of(values), List.of());
    assertRefused(file, message);
  }

  private void assertSameAfter(Tokenizer tokenizer, String name) {
    Path file = folder.resolve(name);
    TokenizerFile.write(tokenizer, file);
    assertSame(tokenizer, TokenizerFile.read(file));
  }

  private static void assertSame(Tokenizer expected, Tokenizer actual) {
    long seed = 4;
    Random random = new Random(seed);
    for (int round = 0; round < 1_000; round++) {
      String text =
          round % 2 == 0
              ? TestTexts.random(random) + TestTokenizers.PROSE
              : TestTexts.randomCodePoints(random);
      int[] ids = expected.encode(text);
      assertArrayEquals(ids, actual.encode(text), () -> "seed " + seed + ": " + text);
      assertArrayEquals(expected.decode(ids), actual.decode(ids), () -> "seed " + seed);
    }
  }

  private static WroughtException assertRefused(Path file, String message) {
    WroughtException refused = assertThrows(WroughtException.class, () -> TokenizerFile.read(file));
    assertTrue(String.valueOf(refused.getMessage()).contains(message), refused.getMessage());
    assertTrue(
        String.valueOf(refused.getMessage()).contains(file.toString()), refused.getMessage());
    return refused;
  }

  /** Damage may go unnoticed, but nothing other than a named error comes of it. */
  private static void readOrRefuse(Path file) {
    try {
      TokenizerFile.read(file).encode("ab b");
    } catch (WroughtException named) {
      assertTrue(
          named.code() == ErrorCode.CORRUPT_FILE || named.code() == ErrorCode.FAILED_PRECONDITION,
          named.getMessage());
    }
  }

  private static int[] ids(Tokenizer tokenizer, String... written) {
    int[] ids = new int[written.length];
    for (int i = 0; i < ids.length; i++) {
      int wanted = i;
      ids[i] =
          IntStream.range(0, tokenizer.vocabularySize())
              .filter(id -> tokenizer.writtenForm(id).equals(written[wanted]))
              .findFirst()
              .orElseThrow();
    }
    return ids;
  }

  private static String json(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private Path sentencePiece(int type) throws IOException {
    return Files.write(folder.resolve("small" + type + ".model"), TinySentencePiece.bytes(type));
  }
}
