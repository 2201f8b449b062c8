package dev.wrought.core.tokenizer;

import static dev.wrought.core.text.TestTexts.utf8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrought.core.text.TestTexts;
import dev.wrought.core.tokenizer.HuggingFaceOracle.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hugging Face's own library gives the same ids, and the same places in the text, for files. */
class HuggingFaceOracleTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path DATA = Path.of(System.getProperty("wrought.data", "missing"));

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'ByteLevel','trim_offsets':false,'add_prefix_space':false,'use_regex':true}",
        "{'type':'ByteLevel','trim_offsets':false,'add_prefix_space':true,'use_regex':true}",
        "{'type':'ByteLevel','trim_offsets':false,'add_prefix_space':true,'use_regex':false}",
        "{'type':'Sequence','pretokenizers':[{'type':'Digits','individual_digits':true},"
            + "{'type':'ByteLevel','trim_offsets':false,'add_prefix_space':false,'use_regex':true}]}",
        "{'type':'Sequence','pretokenizers':[{'type':'Digits','individual_digits':false},"
            + "{'type':'ByteLevel','trim_offsets':false,'add_prefix_space':false,'use_regex':false}]}",
        "{'type':'Sequence','pretokenizers':[{'type':'Punctuation','behavior':'Contiguous'},"
            + "{'type':'ByteLevel','trim_offsets':false,'add_prefix_space':true,'use_regex':true}]}",
        "{'type':'Sequence','pretokenizers':[{'type':'WhitespaceSplit'},"
            + "{'type':'ByteLevel','trim_offsets':false,'add_prefix_space':true,'use_regex':false}]}",
        "{'type':'Sequence','pretokenizers':[{'type':'Whitespace'},"
            + "{'type':'ByteLevel','trim_offsets':false,'add_prefix_space':false,'use_regex':false}]}",
        "{'type':'Sequence','pretokenizers':[{'type':'Punctuation','behavior':'Contiguous'},"
            + "{'type':'ByteLevel','trim_offsets':true,'add_prefix_space':false,'use_regex':true},"
            + "{'type':'Digits','individual_digits':false},{'type':'Split','pattern':"
            + "{'Regex':'[0-9][0-9][0-9]'},'behavior':'Isolated','invert':false}]}",
        "{'type':'Sequence','pretokenizers':[{'type':'ByteLevel','trim_offsets':false,"
            + "'add_prefix_space':true,'use_regex':true},{'type':'Digits','individual_digits':true},"
            + "{'type':'Punctuation','behavior':'Isolated'}]}",
        "{'type':'Sequence','pretokenizers':[{'type':'BertPreTokenizer'},"
            + "{'type':'ByteLevel','trim_offsets':false,'add_prefix_space':false,'use_regex':false}]}"
      })
  void encode_preTokenizers_asTheLibrary(String preTokenizer) throws IOException {
    assertSame(
        changed(file -> file.set("pre_tokenizer", tree(preTokenizer))), TestTexts::random, 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Removed", "Isolated", "Contiguous", "MergedWithPrevious", "MergedWithNext"})
  void encode_splitsOfEachBehavior_asTheLibrary(String behavior) throws IOException {
    for (boolean invert : new boolean[] {false, true}) {
      for (String pattern :
          new String[] {"\\\\s", "[a-z]", "\\\\p{N}{1,3}", "\\\\s+(?!\\\\S)|\\\\s+"}) {
        String split =
            "{'type':'Sequence','pretokenizers':[{'type':'Split','pattern':{'Regex':'%s'},"
                    .formatted(pattern)
                + "'behavior':'%s','invert':%s},".formatted(behavior, invert)
                + "{'type':'ByteLevel','trim_offsets':false,'add_prefix_space':false,'use_regex':false}]}";
        assertSame(changed(file -> file.set("pre_tokenizer", tree(split))), TestTexts::random, 100);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\\\s+$",
        "a$",
        "a{2}?b",
        "a[ab]{,2}",
        "\\\\p{N}{1,2}+",
        "[ab]{1,2}?a",
        "\\\\w+",
        "\\\\W",
        "[^\\\\w\\\\s]",
        "\\\\d{1,3}(?=(?:\\\\d{3})*\\\\b)",
        "(?=(\\\\d{3})+(?!\\\\d))",
        "\\\\p{N}{1,3}(?=(?:\\\\p{N}{3})*(?!\\\\p{N}))"
      })
  void encode_whatOnigurumaHasOfItsOwn_asTheLibrary(String pattern) throws IOException {
    String split =
        "{'type':'Sequence','pretokenizers':[{'type':'Split','pattern':{'Regex':'%s'},"
                .formatted(pattern)
            + "'behavior':'Isolated','invert':false},"
            + "{'type':'ByteLevel','trim_offsets':false,'add_prefix_space':false,'use_regex':false}]}";
    String json = changed(file -> file.set("pre_tokenizer", tree(split)));
    assertSame(json, HuggingFaceOracleTest::likeNumbers, 1_000);
    assertSame(json, TestTexts::ofFamilies, 500);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'Lowercase'}",
        "{'type':'Strip','strip_left':true,'strip_right':true}",
        "{'type':'Strip','strip_left':false,'strip_right':true}",
        "{'type':'Prepend','prepend':'>'}",
        "{'type':'Replace','pattern':{'String':' '},'content':'_'}",
        "{'type':'Replace','pattern':{'Regex':' {2,}'},'content':' '}",
        "{'type':'Sequence','normalizers':[{'type':'Strip','strip_left':true,'strip_right':false},"
            + "{'type':'Replace','pattern':{'String':'a'},'content':'bcd'},{'type':'Lowercase'}]}"
      })
  void encode_normalizers_asTheLibrary(String normalizer) throws IOException {
    assertSame(changed(file -> file.set("normalizer", tree(normalizer))), TestTexts::random, 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NFC", "NFD", "NFKC", "NFKD"})
  void encode_unicodeForms_haveTheIdsOfTheLibrary(String form) throws IOException {
    assertSameIds(
        changed(file -> file.set("normalizer", tree("{'type':'" + form + "'}"))),
        TestTexts::random,
        400);
  }

  @Test
  void encode_addedTokensWithRules_asTheLibrary() throws IOException {
    for (int rules = 0; rules < 32; rules++) {
      int bits = rules;
      Map<String, Object> changes =
          Map.of(
              "single_word", (bits & 1) != 0,
              "lstrip", (bits & 2) != 0,
              "rstrip", (bits & 4) != 0,
              "normalized", (bits & 8) != 0,
              "special", false);
      String file =
          changed(json -> {
            ObjectNode added = (ObjectNode) json.path("added_tokens").get(1);
            changes.forEach((key, value) -> added.put(key, (boolean) value));
            if ((bits & 16) != 0) {
              json.set("normalizer", tree("{'type':'Lowercase'}"));
            }
          });
      assertSame(file, HuggingFaceOracleTest::withAddedTokens, 60);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'ByteLevel','trim_offsets':true,'add_prefix_space':true,'use_regex':true}",
        "{'type':'ByteLevel','trim_offsets':true,'add_prefix_space':false,'use_regex':true}",
        "{'type':'RobertaProcessing','sep':['b',1],'cls':['a',0],'trim_offsets':true,"
            + "'add_prefix_space':false}",
        "{'type':'RobertaProcessing','sep':['b',1],'cls':['a',0],'trim_offsets':true,"
            + "'add_prefix_space':true}",
        "{'type':'RobertaProcessing','sep':['b',1],'cls':['a',0],'trim_offsets':false,"
            + "'add_prefix_space':true}"
      })
  void encode_trimmedPlaces_asTheLibrary(String postProcessor) throws IOException {
    for (boolean prefix : new boolean[] {false, true}) {
      String file =
          changed(json -> {
            ((ObjectNode) json.path("pre_tokenizer")).put("add_prefix_space", prefix);
            json.set("post_processor", tree(postProcessor));
            ((ObjectNode) json.path("added_tokens").get(1))
                .put("special", false)
                .put("rstrip", true);
          });
      assertSame(file, HuggingFaceOracleTest::withAddedTokens, 300);
      assertSame(file, TestTexts::random, 300);
      assertEquals(
          TokenizerJson.parse(utf8(file), "test").template(),
          TokenizerJson.parse(
                  TokenizerJsonWriter.render(TokenizerJson.parse(utf8(file), "test").parts()),
                  "test")
              .template());
    }
  }

  @Test
  void encode_template_asTheLibrary() throws IOException {
    String template =
        "{'type':'TemplateProcessing','single':[{'SpecialToken':{'id':'[R]','type_id':0}},"
            + "{'Sequence':{'id':'A','type_id':0}},{'SpecialToken':{'id':'[S]','type_id':0}}],"
            + "'pair':[],'special_tokens':{'[R]':{'id':'[R]','ids':[%d],'tokens':['[R]']},"
            + "'[S]':{'id':'[S]','ids':[%d],'tokens':['[S]']}}}";
    Tokenizer prose = TestTokenizers.prose();
    String filled =
        template.formatted(
            prose.specialId("[R]").orElseThrow(), prose.specialId("[S]").orElseThrow());
    String file = changed(json -> json.set("post_processor", tree(filled)));
    Tokenizer ours = TokenizerJson.parse(utf8(file), "test");
    try (HuggingFaceTokenizer theirs = HuggingFaceOracle.library(file, folder)) {
      long[] expected = theirs.encode("the cat", true, false).getIds();
      EncodingOptions options = EncodingOptions.PLAIN.withAddSpecial(true);
      assertArrayEquals(
          expected, Arrays.stream(ours.encode(utf8("the cat"), options)).asLongStream().toArray());
      assertArrayEquals(
          expected,
          Arrays.stream(ours.encodeWithOffsets(utf8("the cat"), options).ids())
              .asLongStream()
              .toArray());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"gpt2-tokenizer.json", "ggml-vocab-llama-spm.gguf", "ggml-vocab-falcon.gguf"})
  void encode_realVocabularies_asTheLibraryDoesWithWhatIsWritten(String name) throws IOException {
    Path vocabulary = DATA.resolve("tokenizer/" + name);
    assumeTrue(Files.exists(vocabulary), "no folder of test data: set -Dwrought.data");
    Path file = folder.resolve("tokenizer.json");
    TokenizerFile.write(TokenizerFile.read(vocabulary), file);
    String json = Files.readString(file);
    // Of characters that Falcon has no token for the library counts the places wrong.
    boolean places = !name.contains("falcon");
    HuggingFaceOracle.compare(json, TestTexts::random, 1_000, places, folder);
    HuggingFaceOracle.compare(json, TestTexts::randomCodePoints, 1_000, places, folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'Metaspace','replacement':'▁','prepend_scheme':'always','split':true}",
        "{'type':'Metaspace','replacement':'▁','prepend_scheme':'first','split':false}",
        "{'type':'Metaspace','replacement':'▁','prepend_scheme':'never','split':true}",
        "{'type':'Sequence','pretokenizers':[{'type':'WhitespaceSplit'},"
            + "{'type':'Metaspace','replacement':'▁','prepend_scheme':'always','split':true}]}",
        "null"
      })
  void encode_unigram_asTheLibrary(String preTokenizer) throws IOException {
    for (boolean byteFallback : new boolean[] {false, true}) {
      // The library places each byte of several unknown characters at all of them.
      boolean places = !byteFallback;
      HuggingFaceOracle.compare(
          unigram(preTokenizer, byteFallback),
          HuggingFaceOracleTest::likeProse,
          300,
          places,
          folder);
      assertSameIds(unigram(preTokenizer, byteFallback), TestTexts::random, 300);
    }
  }

  /** Pieces of prose with random scores, some of them equal. */
  private static String unigram(String preTokenizer, boolean byteFallback) throws IOException {
    Random random = new Random(5);
    ObjectNode file = JSON.createObjectNode();
    file.set("pre_tokenizer", tree(preTokenizer));
    ObjectNode model = file.putObject("model").put("type", "Unigram").put("unk_id", 0);
    ArrayNode pieces = model.putArray("vocab");
    pieces.addArray().add("<unk>").add(0.0);
    if (byteFallback) {
      for (int value = 0; value < 256; value++) {
        pieces.addArray().add("<0x%02X>".formatted(value)).add(0.0);
      }
    }
    String text = TestTokenizers.PROSE.replace(' ', '▁');
    Set<String> known = new LinkedHashSet<>();
    for (int at = 0; at + 6 < text.length(); at++) {
      known.add(text.substring(at, at + 1 + random.nextInt(5)));
    }
    known.forEach(piece -> pieces.addArray().add(piece).add(-1.0 - random.nextInt(20) / 2.0));
    model.put("byte_fallback", byteFallback);
    return JSON.writeValueAsString(file);
  }

  private static String likeProse(Random random) {
    int from = random.nextInt(TestTokenizers.PROSE.length() - 40);
    String part = TestTokenizers.PROSE.substring(from, from + random.nextInt(40));
    return random.nextInt(3) == 0 ? part + " zé中 " + part : part;
  }

  /** The tokens of prose are few: these are the characters of some. */
  private static String likeNumbers(Random random) {
    String[] parts = {
      "a", "b", " a", "th", "12", "3", "1", "²", "½", "_", " ", "\n", "\u200D", "٣"
    };
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      text.append(parts[random.nextInt(parts.length)]);
    }
    return text.toString();
  }

  private static String withAddedTokens(Random random) {
    String[] parts = {"\u200D", "[R]", "[r]", " ", "  ", "the", "a", "_", ".", "\n", "é", "[R][R]"};
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i >= 0; i--) {
      text.append(parts[random.nextInt(parts.length)]);
    }
    return text.toString();
  }

  /** Changes a file. */
  private interface Change {
    void on(ObjectNode file) throws IOException;
  }

  private void assertSame(String json, Texts texts, int rounds) throws IOException {
    HuggingFaceOracle.compare(json, texts, rounds, true, folder);
  }

  private void assertSameIds(String json, Texts texts, int rounds) throws IOException {
    HuggingFaceOracle.compare(json, texts, rounds, false, folder);
  }

  private static String changed(Change change) throws IOException {
    ObjectNode file =
        (ObjectNode) JSON.readTree(TokenizerJsonWriter.render(TestTokenizers.prose().parts()));
    change.on(file);
    return JSON.writeValueAsString(file);
  }

  private static JsonNode tree(String json) throws IOException {
    return JSON.readTree(json.replace('\'', '"'));
  }
}
