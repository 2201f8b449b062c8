package dev.wrought.core.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrought.core.gguf.GgufMetadata;
import dev.wrought.core.gguf.GgufValue;
import dev.wrought.core.gguf.MetadataType;
import dev.wrought.core.gguf.Numbers;
import dev.wrought.core.gguf.Texts;
import dev.wrought.core.text.Split;
import dev.wrought.core.text.TestTexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A GGUF file of each family gives the ids of Hugging Face's library, with the steps that the
 * family publishes in its {@code tokenizer.json} where they are known, else with those that are
 * written for it. Its vocabulary is one whose tokens lie across all that a rule may cut.
 */
class GgufFamilyTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final BpeModel UNCUT = uncut(400);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void encode_ofEachFamily_asTheLibraryWithWhatIsWritten(GgufFamily family) throws IOException {
    if (family.rules().byteLevel()) {
      Tokenizer ours = ofFamily(family.names().getLast());
      String json = new String(TokenizerJsonWriter.render(ours.parts()), StandardCharsets.UTF_8);
      HuggingFaceOracle.compare(
          json, TestTexts::ofFamilies, 700, family.rules().normalizer().isNone(), folder);
    }
  }

  /** Source: the tokenizer.json of the model that is named. */
  static Stream<Arguments> published() {
    String bytes =
        "{'type':'ByteLevel','add_prefix_space':false,'trim_offsets':true,'use_regex':%s}";
    String cut = bytes.formatted(true);
    String uncut = bytes.formatted(false);
    String digits = "{'type':'Digits','individual_digits':true}";
    String nfc = "{'type':'NFC'}";
    return Stream.of(
        arguments("gpt-2", "null", cut), // openai-community/gpt2
        arguments("mpt", nfc, cut), // EleutherAI/gpt-neox-20b
        arguments("olmo", nfc, cut),
        arguments("starcoder", "null", sequence(digits, cut)), // bigcode/starcoder
        arguments("refact", "null", sequence(digits, cut)), // smallcloudai/Refact-1_6B-fim
        arguments("smollm", "null", sequence(digits, cut)), // HuggingFaceTB/SmolLM2-360M
        arguments("command-r", nfc, sequence(digits, cut)), // CohereForAI/c4ai-command-r-v01
        arguments(
            "falcon", // tiiuae/falcon-7b
            "null",
            sequence(
                "{'type':'Punctuation','behavior':'Contiguous'}",
                cut,
                "{'type':'Digits','individual_digits':false}",
                split("[0-9][0-9][0-9]"))),
        arguments(
            "qwen2", // Qwen/Qwen2-7B
            nfc,
            sequence(
                split(
                    "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}"
                        + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"),
                uncut)),
        arguments(
            "deepseek-coder", // deepseek-ai/deepseek-coder-6.7b-instruct
            "{'type':'Sequence','normalizers':[]}",
            sequence(
                split("[\r\n]"),
                split("\\s?\\p{L}+"),
                split("\\s?\\p{P}+"),
                split("[一-龥ࠀ-一가-\uD7FF]+"),
                digits,
                uncut)),
        arguments(
            "deepseek-llm", // deepseek-ai/deepseek-llm-7b-base
            "{'type':'Sequence','normalizers':[]}",
            sequence(
                split("[\r\n]"),
                split(FamilyPatterns.DEEPSEEK_LETTERS),
                split("\\s?[!-/:-~！-／：-～‘-‟\u3000-。]+"),
                split("\\s+$"),
                split("[一-龥ࠀ-一가-\uD7FF]+"),
                digits,
                uncut)),
        arguments(
            "bloom", // bigscience/bloom
            "null",
            sequence(split(" ?[^(\\s|[.,!?…。，、।۔،])]+"), uncut)));
  }

  @ParameterizedTest
  @MethodSource("published")
  void encode_ofAFamily_asTheLibraryWithWhatIsPublished(
      String family, String normalizer, String preTokenizer) throws IOException {
    Tokenizer ours = ofFamily(family);
    ObjectNode file = (ObjectNode) JSON.readTree(TokenizerJsonWriter.render(ours.parts()));
    file.set("normalizer", tree(normalizer));
    file.set("pre_tokenizer", tree(preTokenizer));
    try (HuggingFaceTokenizer theirs =
        HuggingFaceOracle.library(JSON.writeValueAsString(file), folder)) {
      HuggingFaceOracle.compare(
          ours, theirs, TestTexts::ofFamilies, 1_500, !normalizer.contains("NFC"));
      if (!normalizer.contains("NFC")) { // of which the library has an older table
        HuggingFaceOracle.compare(ours, theirs, TestTexts::randomCodePoints, 1_500, false);
      }
    }
  }

  @Test
  void names_areThoseOfLlamaCpp_eachOfOneFamily() {
    List<String> known =
        List.of(
            ("default llama3 llama-v3 llama-bpe falcon3 falcon-h1 pixtral midm-2.0 lfm2 jina-v5-nano"
                    + " minicpm5 deepseek-llm deepseek-coder deepseek-v3 spark2_5 youtu falcon mpt"
                    + " starcoder gpt-2 phi-2 jina-es jina-de gigachat jina-v2-es jina-v2-de a.x-4.0"
                    + " mellum modern-bert jais-2 gemma4 granite-embed-multi-311m sarvam-moe jina-v1-en"
                    + " jina-v2-code roberta-bpe refact command-r qwen2 deepseek-r1-qwen kormo f2llmv2"
                    + " qwen35 stablelm2 olmo dbrx smaug-bpe poro-chat glm4 chatglm-bpe viking jais"
                    + " tekken smollm codeshell bloom gpt3-finnish exaone exaone4 exaone-moe chameleon"
                    + " minerva-7b megrez gpt-4o llama4 kanana2 talkie granite-embed-multi-97m tiny_aya"
                    + " cohere2moe superbpe trillion granite-docling bailingmoe bailingmoe2 llada-moe"
                    + " seed-coder hunyuan hunyuan-dense hy_v4 joyai-llm kimi-k2 ufakzeka grok-2 afmoe"
                    + " laguna minimax-m2 solar-open mellum2")
                .split(" "));
    List<String> ours =
        Stream.of(GgufFamily.values()).flatMap(family -> family.names().stream()).toList();
    assertEquals(known.stream().sorted().toList(), ours.stream().sorted().toList());
  }

  @Test
  void read_gemma4_marksSpacesAndFallsBackToBytes() {
    List<String> tokens =
        new ArrayList<>(List.of("<unk>", "<bos>", "▁", "a", "b", "ab", "▁ab", "\n", "\n\n"));
    for (int value = 0; value < ByteAlphabet.SIZE; value++) {
      tokens.add(ByteFallback.write(value));
    }
    long[] types = new long[tokens.size()];
    Arrays.setAll(
        types,
        id ->
            id == 0
                ? GgufVocabulary.UNKNOWN
                : id == 1
                    ? GgufVocabulary.CONTROL
                    : id < 9 ? GgufVocabulary.NORMAL : GgufVocabulary.BYTE);
    SequencedMap<String, GgufValue> values = new LinkedHashMap<>();
    values.put(GgufVocabulary.MODEL, new GgufValue.Text("gemma4"));
    values.put(GgufVocabulary.TOKENS, Texts.of(tokens));
    values.put(GgufVocabulary.TYPES, Numbers.ofIntegers(MetadataType.INT32, types));
    values.put(GgufVocabulary.MERGES, Texts.of(List.of("a b", "▁ ab", "\n \n")));
    values.put(GgufVocabulary.BEGIN_ID, new GgufValue.Int(MetadataType.UINT32, 1));
    values.put(GgufVocabulary.UNKNOWN_ID, new GgufValue.Int(MetadataType.UINT32, 0));
    Tokenizer gemma = new Tokenizer(GgufVocabulary.read(GgufMetadata.of(values)));
    int[] expected = {1, 5, 6, 2, 2, 3, 8, 7, 9 + 0xC3, 9 + 0xA9};
    byte[] text = TestTexts.utf8("ab ab  a\n\n\né");
    assertArrayEquals(expected, gemma.encode(text, EncodingOptions.PLAIN.withAddSpecial(true)));
    assertArrayEquals(text, gemma.decode(gemma.encode(text)));
  }

  private static Tokenizer ofFamily(String name) {
    TokenizerParts plain = TokenizerParts.byteLevel(Split.gpt2(), UNCUT, List.of());
    SequencedMap<String, GgufValue> values =
        new LinkedHashMap<>(GgufVocabularyWriter.metadata(plain).values());
    values.put(GgufVocabulary.FAMILY, new GgufValue.Text(name));
    return new Tokenizer(GgufVocabulary.read(GgufMetadata.of(values)));
  }

  private static String sequence(String... steps) {
    return "{'type':'Sequence','pretokenizers':[" + String.join(",", steps) + "]}";
  }

  private static String split(String pattern) {
    ObjectNode split = JSON.createObjectNode().put("type", "Split").put("behavior", "Isolated");
    split.putObject("pattern").put("Regex", pattern);
    return split.put("invert", false).toString();
  }

  /** Quotes may be single where there are no others. */
  private static JsonNode tree(String json) throws IOException {
    StringBuilder quoted = new StringBuilder();
    boolean within = false;
    for (int at = 0; at < json.length(); at++) {
      char c = json.charAt(at);
      boolean escaped = at > 0 && json.charAt(at - 1) == '\\';
      within ^= c == '"' && !escaped;
      quoted.append(c == '\'' && !within ? '"' : c);
    }
    return JSON.readTree(quoted.toString());
  }

  private record Pair(String left, String right) {
    String joined() {
      return left + right;
    }
  }

  /** Merges of text that no rule has cut. */
  private static BpeModel uncut(int wanted) {
    Random random = new Random(3);
    List<String> text = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      byte[] bytes = TestTexts.utf8(TestTexts.ofFamilies(random));
      ByteAlphabet.write(bytes).chars().mapToObj(Character::toString).forEach(text::add);
    }
    TokenList tokens = new TokenList(wanted);
    for (byte[] single : ByteAlphabet.inOrder()) {
      tokens.add(tokens.size(), ByteAlphabet.write(single));
    }
    MergeReader merges = new MergeReader(0);
    while (merges.size() < wanted) {
      Pair merge = mostFrequent(text);
      merges.add(merge.left(), merge.right());
      if (tokens.find(merge.joined()) == TokenList.NONE) {
        tokens.add(tokens.size(), merge.joined());
      }
      text = merged(text, merge);
    }
    return new BpeModel(tokens, merges.of(tokens), BpeModel.Rules.BYTES);
  }

  private static Pair mostFrequent(List<String> text) {
    Map<Pair, Integer> counts = new LinkedHashMap<>();
    for (int i = 0; i + 1 < text.size(); i++) {
      counts.merge(new Pair(text.get(i), text.get(i + 1)), 1, Integer::sum);
    }
    return counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  private static List<String> merged(List<String> text, Pair merge) {
    List<String> result = new ArrayList<>();
    for (int i = 0; i < text.size(); i++) {
      boolean both =
          i + 1 < text.size()
              && text.get(i).equals(merge.left())
              && text.get(i + 1).equals(merge.right());
      result.add(both ? merge.joined() : text.get(i));
      i += both ? 1 : 0;
    }
    return result;
  }
}
