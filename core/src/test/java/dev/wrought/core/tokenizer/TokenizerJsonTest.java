package dev.wrought.core.tokenizer;

import static dev.wrought.core.text.TestTexts.utf8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerJsonTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Tokenizer prose = TestTokenizers.prose();

  @TempDir Path folder;

  @Test
  void write_thenRead_isTheSameTokenizer() throws IOException {
    Path file = folder.resolve("tokenizer.json");
    TokenizerJson.write(prose, file);
    Tokenizer read = TokenizerJson.read(file);
    assertEquals(prose.digest(), read.digest());
    assertEquals(prose.specialTokens(), read.specialTokens());
    assertArrayEquals(prose.encode("the cat's 12"), read.encode("the cat's 12"));
    assertArrayEquals(Files.readAllBytes(file), TokenizerJsonWriter.render(read.parts()));
  }

  @Test
  void read_mergesAsArrays_areTheSameMerges() throws IOException {
    Tokenizer read =
        parse(
            changed(file -> {
              ArrayNode merges = (ArrayNode) file.path("model").path("merges");
              for (int i = 0; i < merges.size(); i++) {
                String[] pair = merges.get(i).asText().split(" ");
                merges.set(i, JSON.createArrayNode().add(pair[0]).add(pair[1]));
              }
            }));
    assertArrayEquals(prose.encode("the dog and the cat"), read.encode("the dog and the cat"));
  }

  @Test
  void read_addedTokenThatIsNotSpecial_isFoundInAnyText() throws IOException {
    Tokenizer read =
        parse(
            changed(file -> {
              ObjectNode added = (ObjectNode) file.path("added_tokens").get(1);
              added.put("special", false);
            }));
    int id = prose.specialId("[R]").orElseThrow();
    assertArrayEquals(new int[] {id}, read.encode("[R]"));
    assertTrue(read.specialId("[R]").isEmpty());
  }

  @Test
  void read_negativeId_isRefusedNamingTheToken() throws IOException {
    assertRefused(changed(vocab -> vocab(vocab).put("th", -3)), "'th' has the negative id -3");
  }

  @Test
  void read_duplicateId_isRefusedNamingBoth() throws IOException {
    assertRefused(changed(file -> vocab(file).put("B", 32)), "both have id 32", "'A'", "'B'");
  }

  @Test
  void read_idBeyondTheVocabulary_isRefusedNamingTheToken() throws IOException {
    assertRefused(changed(file -> vocab(file).put("B", 1_000_000)), "'B' has id 1000000");
  }

  @Test
  void read_missingId_isRefusedNamingTheOneBefore() throws IOException {
    assertRefused(
        changed(file -> {
          vocab(file).remove("the");
          ((ArrayNode) file.path("model").path("merges")).removeAll();
        }),
        "no token has id",
        "the one after '");
  }

  @Test
  void read_byteWithoutToken_isLeftOutOfTexts() throws IOException {
    Tokenizer read =
        parse(
            changed(file -> {
              int id = vocab(file).remove("ă").asInt();
              vocab(file).put("three", id);
            }));
    assertArrayEquals(read.encode("ab"), read.encode("a\u0003b"));
  }

  @Test
  void read_tokenTwice_isRefusedNamingIt() {
    String json =
        "{\"pre_tokenizer\":{\"type\":\"ByteLevel\"},\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0,\"a\":1}}}";
    assertRefused(json, "'a' is there twice");
  }

  @Test
  void read_mergeOfUnknownTokens_isRefusedNamingIt() throws IOException {
    assertRefused(
        changed(file -> ((ArrayNode) file.path("model").path("merges")).add("q zz")),
        "'q' and 'zz'",
        "'zz', which does not exist");
    assertRefused(
        changed(file -> ((ArrayNode) file.path("model").path("merges")).add("q Q")), "'qQ'");
    assertRefused(
        changed(file -> ((ArrayNode) file.path("model").path("merges")).add("a b c")), "'a b c'");
  }

  @Test
  void read_addedTokenAgainstItsVocabulary_isRefused() throws IOException {
    assertRefused(
        changed(file -> ((ObjectNode) file.path("added_tokens").get(0)).put("id", 7)),
        "'<|endoftext|>'",
        "both have id 7");
  }

  @Test
  void read_whatIsNotKnown_isRefusedByName() throws IOException {
    for (String step : List.of("normalizer", "pre_tokenizer", "post_processor", "decoder")) {
      assertUnknown(
          changed(file -> file.set(step, JSON.createObjectNode().put("type", "Nonsense"))),
          step + " Nonsense is not known to this version; known is ");
    }
    assertUnknown(
        changed(file -> ((ObjectNode) file.path("model")).put("type", "WordPiece")),
        "model.type WordPiece");
    assertUnknown(
        changed(file -> ((ObjectNode) file.path("model")).put("dropout", 0.1)), "model.dropout");
    assertUnknown(
        changed(file -> ((ObjectNode) file.path("model")).put("end_of_word_suffix", "</w>")),
        "model.end_of_word_suffix");
  }

  /** And not when the first text is encoded. */
  @Test
  void read_patternThatIsNotSupported_isRefused() throws IOException {
    ObjectNode pattern = JSON.createObjectNode().put("Regex", "(?<=a)b");
    ObjectNode split = JSON.createObjectNode().put("type", "Split").set("pattern", pattern);
    assertUnknown(changed(file -> file.set("pre_tokenizer", split)), "of the pattern (?<=a)b");
    ObjectNode replace = JSON.createObjectNode().put("type", "Replace").put("content", "");
    assertUnknown(
        changed(file -> file.set("normalizer", replace.set("pattern", pattern))),
        "of the pattern (?<=a)b");
  }

  @Test
  void read_nestedAHundredThousandDeep_isRefusedWithoutOverflow() {
    assertRefused("{\"truncation\":" + "[".repeat(100_000), "nesting depth");
  }

  @Test
  void read_cutOff_isRefusedWithItsPosition() {
    assertRefused("{\"model\": {\"vocab\": {\"a\": 0", "line 1");
    assertRefused("[]", "START_OBJECT");
    assertRefused("{}", "no model");
  }

  @Test
  void read_missingFile_isNotFound() {
    WroughtException missing =
        assertThrows(
            WroughtException.class, () -> TokenizerJson.read(folder.resolve("nothing.json")));
    assertEquals(ErrorCode.NOT_FOUND, missing.code());
  }

  @Test
  void config_namesEverySpecialToken() throws IOException {
    TokenizerConfig.write(prose, folder);
    JsonNode config = JSON.readTree(folder.resolve(TokenizerConfig.FILE).toFile());
    assertEquals("PreTrainedTokenizerFast", config.path("tokenizer_class").asText());
    assertEquals("<|endoftext|>", config.path("eos_token").asText());
    assertEquals(107, config.path("additional_special_tokens").size());
    assertEquals(108, config.path("added_tokens_decoder").size());
  }

  private static ObjectNode vocab(ObjectNode file) {
    return (ObjectNode) file.path("model").path("vocab");
  }

  private String changed(Consumer<ObjectNode> change) throws IOException {
    ObjectNode file = (ObjectNode) JSON.readTree(TokenizerJsonWriter.render(prose.parts()));
    change.accept(file);
    return JSON.writeValueAsString(file);
  }

  private static Tokenizer parse(String json) {
    return TokenizerJson.parse(utf8(json), "test.json");
  }

  private static void assertRefused(String json, String... inMessage) {
    assertFails(json, ErrorCode.CORRUPT_FILE, inMessage);
  }

  private static void assertUnknown(String json, String... inMessage) {
    assertFails(json, ErrorCode.FAILED_PRECONDITION, inMessage);
  }

  private static void assertFails(String json, ErrorCode code, String... inMessage) {
    WroughtException refused = assertThrows(WroughtException.class, () -> parse(json));
    String message = String.valueOf(refused.getMessage());
    assertEquals(code, refused.code(), message);
    assertTrue(message.startsWith("test.json: "), message);
    for (String part : inMessage) {
      assertTrue(message.contains(part), () -> "'" + part + "' in: " + message);
    }
  }
}
