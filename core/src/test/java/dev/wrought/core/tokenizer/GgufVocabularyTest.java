package dev.wrought.core.tokenizer;

import static dev.wrought.core.text.TestTexts.utf8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.gguf.GgufMetadata;
import dev.wrought.core.gguf.GgufValue;
import dev.wrought.core.gguf.MetadataType;
import dev.wrought.core.gguf.Numbers;
import dev.wrought.core.gguf.Texts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

/** What the keys and the types of tokens in GGUF files mean. */
class GgufVocabularyTest {
  private static final EncodingOptions ENDS = EncodingOptions.PLAIN.withAddSpecial(true);
  private static final EncodingOptions ALL = EncodingOptions.PLAIN.withAllowSpecial(true);

  private final SequencedMap<String, GgufValue> values = new LinkedHashMap<>();
  private final List<String> tokens = new ArrayList<>();
  private final List<Long> types = new ArrayList<>();
  private final List<Float> scores = new ArrayList<>();

  @Test
  void read_llamaWithoutKeys_hasTheUsualOnes() {
    llama();
    Tokenizer llama = read();
    assertEquals(
        new Roles(OptionalInt.of(1), OptionalInt.of(2), OptionalInt.empty(), OptionalInt.of(0)),
        llama.roles());
    assertArrayEquals(new int[] {1, id("▁"), id("a")}, llama.encode(utf8("a"), ENDS));
  }

  @Test
  void read_llamaWithKeys_doesAsTheySay() {
    llama();
    put(GgufVocabulary.ADD_BEGIN, false);
    put(GgufVocabulary.ADD_END, true);
    put(GgufVocabulary.ADD_SPACE, false);
    values.put(GgufVocabulary.END_ID, new GgufValue.Int(MetadataType.UINT32, id("<|end|>")));
    Tokenizer llama = read();
    assertArrayEquals(new int[] {id("a"), id("<|end|>")}, llama.encode(utf8("a"), ENDS));
    assertEquals("a", new String(llama.decode(llama.encode("a")), StandardCharsets.UTF_8));
  }

  @Test
  void encode_phi3_takesTheSpacesAfterItsTokens() {
    llama();
    values.put(GgufTokenRules.NAME, new GgufValue.Text("Phi 3 Mini"));
    int[] kept = {id("<|end|>"), id("▁"), id("▁"), id("a")};
    assertArrayEquals(kept, read().encode(utf8("<|end|> a"), ALL));
    values.put(GgufTokenRules.NAME, new GgufValue.Text("Phi-3-mini"));
    Tokenizer phi3 = read();
    assertArrayEquals(
        new int[] {id("<|end|>"), id("▁"), id("a")}, phi3.encode(utf8("<|end|> \n a"), ALL));
    assertArrayEquals(
        new int[] {id("<s>"), id("▁"), id("▁"), id("a")}, phi3.encode(utf8("<s> a"), ALL));
  }

  @Test
  void encode_controlAndUserDefinedTokens_asTheirTypesSay() {
    llama();
    Tokenizer llama = read();
    assertTrue(llama.specialId("<|end|>").isPresent());
    assertTrue(llama.specialId("<|tool|>").isEmpty());
    assertArrayEquals(new int[] {id("<|tool|>")}, llama.encode("<|tool|>"));
    assertTrue(llama.encode("<|end|>").length > 1);
  }

  @Test
  void read_emptyTokens_haveNamesOfTheirOwn() {
    llama();
    token("", GgufVocabulary.UNUSED, 0);
    token("", GgufVocabulary.UNUSED, 0);
    Tokenizer llama = read();
    assertEquals("[EMPTY_" + (tokens.size() - 1) + "]", llama.writtenForm(tokens.size() - 1));
  }

  @Test
  void encode_t5WithoutKeys_endsTextsAndKnowsWhatIsUnknown() {
    values.put(GgufVocabulary.MODEL, new GgufValue.Text("t5"));
    token("<pad>", GgufVocabulary.CONTROL, 0);
    token("</s>", GgufVocabulary.CONTROL, 0);
    token("<unk>", GgufVocabulary.UNKNOWN, 0);
    token("▁", GgufVocabulary.NORMAL, -2);
    token("a", GgufVocabulary.NORMAL, -2);
    Tokenizer t5 = read();
    assertArrayEquals(new int[] {3, 4, 2, 1}, t5.encode(utf8("aé"), ENDS));
    assertArrayEquals(new int[] {3, 4, 3, 3, 4, 3}, t5.encode("a  a "));
    put(GgufVocabulary.REMOVE_SPACES, true);
    assertArrayEquals(new int[] {3, 4, 3, 4}, read().encode("a  a "));
  }

  @Test
  void encode_maskOfRoberta_takesTheSpaceBeforeIt() {
    values.putAll(GgufVocabularyWriter.metadata(TestTokenizers.prose().parts()).values());
    values.put(GgufVocabulary.FAMILY, new GgufValue.Text("roberta-bpe"));
    List<String> all = new ArrayList<>(GgufMetadata.of(values).texts(GgufVocabulary.TOKENS));
    int mask = all.indexOf("[R]");
    all.set(mask, "<mask>");
    values.put(GgufVocabulary.TOKENS, Texts.of(all));
    Tokenizer roberta = new Tokenizer(GgufVocabulary.read(GgufMetadata.of(values)));
    int[] ids = roberta.encode(utf8("the <mask> cat"), ALL);
    assertEquals(mask, ids[ids.length - roberta.encode(" cat").length - 1]);
    assertArrayEquals(roberta.encode("the"), Arrays.copyOf(ids, roberta.encode("the").length));
    assertEquals(roberta.encode("the").length + 1 + roberta.encode(" cat").length, ids.length);
  }

  private void llama() {
    values.put(GgufVocabulary.MODEL, new GgufValue.Text("llama"));
    token("<unk>", GgufVocabulary.UNKNOWN, 0);
    token("<s>", GgufVocabulary.CONTROL, 0);
    token("</s>", GgufVocabulary.CONTROL, 0);
    for (int value = 0; value < ByteAlphabet.SIZE; value++) {
      token(ByteFallback.write(value), GgufVocabulary.BYTE, 0);
    }
    token("▁", GgufVocabulary.NORMAL, -1);
    token("a", GgufVocabulary.NORMAL, -2);
    token("<|end|>", GgufVocabulary.CONTROL, 0);
    token("<|tool|>", GgufVocabulary.USER_DEFINED, 0);
  }

  private void token(String token, int type, float score) {
    tokens.add(token);
    types.add((long) type);
    scores.add(score);
  }

  private int id(String token) {
    return tokens.indexOf(token);
  }

  private void put(String key, boolean value) {
    values.put(key, new GgufValue.Bool(value));
  }

  private Tokenizer read() {
    values.put(GgufVocabulary.TOKENS, Texts.of(tokens));
    long[] typesById = types.stream().mapToLong(Long::longValue).toArray();
    values.put(GgufVocabulary.TYPES, Numbers.ofIntegers(MetadataType.INT32, typesById));
    float[] scoresById = new float[scores.size()];
    for (int id = 0; id < scoresById.length; id++) {
      scoresById[id] = scores.get(id);
    }
    values.put(GgufVocabulary.SCORES, Numbers.ofFloats(scoresById));
    return new Tokenizer(GgufVocabulary.read(GgufMetadata.of(values)));
  }
}
