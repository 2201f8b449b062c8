package dev.wrought.core.tokenizer;

import static dev.wrought.core.text.TestTexts.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.CodedOutputStream;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.gguf.GgufMetadata;
import dev.wrought.core.gguf.GgufValue;
import dev.wrought.core.gguf.Texts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * FAULTS T5, T6 and T9 in each format that can have them. What tokenizer.json does with its parts
 * is in {@link TokenizerJsonTest}, what GGUF does with keys and types in {@link TokenizerFileTest}.
 */
class VocabularyFaultsTest {
  private static final int DEEP = 100_000;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{'a':0,'b':-1}; 'b' has the negative id -1",
        "{'a':0,'b':0}; both have id 0",
        "{'a':0,'a':1}; 'a' is there twice",
        "{'a':0,'b':2}; 'b' has id 2, but there are only 2 tokens",
        "{'a':0,'b':2097152}; 'b' has id 2097152",
        "{'a':0,'b':1.5}; the id of token 'b'",
        "{'a':0,'b':99999999999}; out of range"
      })
  void read_vocabJson_isRefusedNamingTheToken(String vocabulary, String message)
      throws IOException {
    assertRefused(message, vocabularyAndMerges(vocabulary.replace('\'', '"'), ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "-1; has the negative id -1",
        "0; both have id 0",
        "2097152; has id 2097152",
        "99999999999; line 2 is",
        "x; line 2 is"
      })
  void read_tiktoken_isRefusedNamingTheTokenOrLine(String rank, String message) throws IOException {
    assertRefused(message, tiktoken(base64("a") + " 0\n" + base64("b") + " " + rank + "\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{'pat_str':'x','special_tokens':{'<|e|>':9},'explicit_n_vocab':3}; '<|e|>' has id 9",
        "{'pat_str':'x','special_tokens':{'<|e|>':-9},'explicit_n_vocab':3}; '<|e|>' has id -9",
        "{'pat_str':'x','special_tokens':{'<|e|>':0},'explicit_n_vocab':3}; both have id 0"
      })
  void read_whatIsBesidesTiktoken_isRefusedNamingTheToken(String besides, String message)
      throws IOException {
    Path file = tiktoken(base64("a") + " 0\n" + base64("b") + " 1\n");
    Files.writeString(TiktokenFile.besides(file), besides.replace('\'', '"'));
    assertRefused(message, file);
  }

  @Test
  void read_whatIsBesidesTiktoken_withoutASize_endsWithTheLastToken() throws IOException {
    Path file = tiktoken(base64("a") + " 0\n" + base64("b") + " 1\n");
    Path besides = TiktokenFile.besides(file);
    Files.writeString(besides, "{\"pat_str\":\"x\",\"special_tokens\":{\"<|e|>\":3}}");
    Tokenizer read = TokenizerFile.read(file);
    assertEquals(4, read.vocabularySize());
    assertEquals(3, read.specialId("<|e|>").orElseThrow());
    assertEquals("<|unused_2|>", read.writtenForm(2));
    Files.writeString(besides, "{\"pat_str\":\"x\"}");
    assertEquals(2, TokenizerFile.read(file).vocabularySize());
    Files.writeString(besides, "{\"pat_str\":\"x\",\"explicit_n_vocab\":\"2\"}");
    assertRefused("explicit_n_vocab is \"2\" where a number is expected", file);
    Files.writeString(besides, "{\"pat_str\":\"x\",\"explicit_n_vocab\":1}");
    assertRefused("make 2 to 65538", file);
  }

  @Test
  void read_tiktokenWithALongBadLine_isRefusedWithItsBeginning() throws IOException {
    for (String bad : new String[] {"?".repeat(100_000) + " 1", "YQ== " + "9".repeat(100_000)}) {
      Path file = tiktoken(base64("a") + " 0\n" + bad + "\n");
      assertRefused("line 2 is \"" + bad.substring(0, 80) + "...\"", file);
      WroughtException refused =
          assertThrows(WroughtException.class, () -> TokenizerFile.read(file));
      assertTrue(String.valueOf(refused.getMessage()).length() < 500, refused.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "AAAAA", "AA=", "A===", "====", "A=AA", "YQ==YQ==", "é"})
  void read_tiktokenWithWhatIsNoBase64_isRefusedNamingTheLine(String token) throws IOException {
    assertRefused("line 2 is", tiktoken(base64("a") + " 0\n" + token + " 1\n"));
  }

  @Test
  void read_sentencePiece_withAPieceTwiceOrARoleOutOfRange_isRefused() throws IOException {
    assertRefused("the piece 'b' is there twice", sentencePiece(0, "a", "b", "b"));
    assertRefused("piece 3 is to begin, end", sentencePiece(3, "a", "b", "c"));
  }

  @Test
  void read_mergeOfWhatDoesNotExist_isRefusedNamingIt() throws IOException {
    String vocabulary = "{\"a\":0,\"b\":1,\"ab\":2}";
    assertRefused("'zz', which does not exist", vocabularyAndMerges(vocabulary, "a b\na zz\n"));
    assertRefused("'ba', which does not exist", vocabularyAndMerges(vocabulary, "a b\nb a\n"));
    assertRefused("'a b c', not two tokens", vocabularyAndMerges(vocabulary, "a b c\n"));
  }

  @Test
  void add_oneMergeTooMany_isRefusedWithTheMost() {
    MergeReader merges = new MergeReader(0);
    for (int merge = 0; merge < 4_194_304; merge++) {
      merges.add("a", "b");
    }
    WroughtException refused = assertThrows(WroughtException.class, () -> merges.add("a b"));
    assertEquals(ErrorCode.CORRUPT_FILE, refused.code());
    assertTrue(refused.getMessage().contains("more than 4194304"), refused.getMessage());
  }

  @Tag("long")
  @Test
  void read_tenMillionMerges_isRefusedWithTheMost() throws IOException {
    String vocabulary = "{\"a\":0,\"b\":1,\"ab\":2}";
    String message = "more than 4194304 merges";
    assertRefused(message, vocabularyAndMerges(vocabulary, "a b\n".repeat(10_000_000)));
    String json =
        "{\"pre_tokenizer\":{\"type\":\"ByteLevel\"},\"model\":{\"type\":\"BPE\",\"vocab\":"
            + vocabulary
            + ",\"merges\":[\"a b\"";
    assertRefused(
        message,
        Files.writeString(
            folder.resolve("many.json"), json + ",\"a b\"".repeat(9_999_999) + "]}}"));
    SequencedMap<String, GgufValue> values =
        new LinkedHashMap<>(GgufVocabularyWriter.metadata(TestTokenizers.prose().parts()).values());
    values.put(GgufVocabulary.MERGES, Texts.of(Collections.nCopies(4_194_305, "t h")));
    WroughtException refused =
        assertThrows(WroughtException.class, () -> GgufVocabulary.read(GgufMetadata.of(values)));
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
  }

  /** Wherever a file may nest. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"version\":",
        "{\"added_tokens\":[",
        "{\"normalizer\":",
        "{\"normalizer\":{\"type\":\"Sequence\",\"normalizers\":",
        "{\"pre_tokenizer\":",
        "{\"post_processor\":",
        "{\"decoder\":",
        "{\"model\":",
        "{\"model\":{\"type\":",
        "{\"model\":{\"vocab\":",
        "{\"model\":{\"merges\":",
        "{\"model\":{\"merges\":["
      })
  void read_jsonNestedDeep_isRefusedWithoutOverflow(String before) throws IOException {
    for (String open : new String[] {"[", "{\"a\":", "{\"type\":\"Sequence\",\"normalizers\":["}) {
      String json = before + open.repeat(DEEP);
      assertCorrupt(Files.writeString(folder.resolve("deep.json"), json));
      assertCorrupt(vocabularyAndMerges(json, ""));
      Path tiktoken = tiktoken(base64("a") + " 0\n");
      Files.writeString(TiktokenFile.besides(tiktoken), json);
      assertCorrupt(tiktoken);
    }
  }

  @Test
  void read_sentencePieceNestedDeep_isRefusedWithoutOverflow() throws IOException {
    byte[] nested = new byte[DEEP];
    Arrays.fill(nested, (byte) (9 << 3 | 3)); // the beginning of a group
    assertCorrupt(Files.write(folder.resolve("deep.model"), nested));
  }

  /** FAULTS T9: below the byte alphabet and what each kind needs beside it. */
  @ParameterizedTest
  @EnumSource
  void check_vocabularyBelowTheLeast_isRefusedAndTheLeastStated(ModelKind kind) {
    int least = BpeTrainer.minimumVocabulary() + kind.ownTokens();
    kind.check(VocabularySpec.of(least));
    for (int size : new int[] {0, 255, least - 1}) {
      WroughtException refused =
          assertThrows(WroughtException.class, () -> kind.check(VocabularySpec.of(size)));
      assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
      int stated = size < BpeTrainer.minimumVocabulary() ? 364 : least;
      assertTrue(refused.getMessage().contains("at least " + stated), refused.getMessage());
    }
  }

  @Test
  void train_unigramOfTheLeast_hasNoMoreThanThat() {
    WordCounts counts = new WordCounts(ModelKind.UNIGRAM);
    counts.add(utf8("abc abc"));
    VocabularySpec least = VocabularySpec.of(365);
    assertEquals(
        365, UnigramTrainer.train(counts, least, (left, seeds, wanted) -> {}).vocabularySize());
    WroughtException empty =
        assertThrows(
            WroughtException.class,
            () ->
                UnigramTrainer.train(
                    new WordCounts(ModelKind.UNIGRAM), least, (left, seeds, wanted) -> {}));
    assertEquals(ErrorCode.INVALID_DATA, empty.code());
  }

  private Path vocabularyAndMerges(String vocabulary, String merges) throws IOException {
    Files.writeString(folder.resolve(VocabularyAndMerges.MERGES), merges);
    return Files.writeString(folder.resolve(VocabularyAndMerges.VOCABULARY), vocabulary);
  }

  private Path tiktoken(String lines) throws IOException {
    Path file = Files.writeString(folder.resolve("own.tiktoken"), lines);
    Files.writeString(
        TiktokenFile.besides(file),
        "{\"pat_str\":\"x\",\"special_tokens\":{},\"explicit_n_vocab\":2}");
    return file;
  }

  private static String base64(String token) {
    return Base64.getEncoder().encodeToString(utf8(token));
  }

  /** Characters, which merge by rank. @param end the piece that is to end texts */
  private Path sentencePiece(int end, String... pieces) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(file);
    for (String piece : pieces) {
      ByteArrayOutputStream one = new ByteArrayOutputStream();
      CodedOutputStream fields = CodedOutputStream.newInstance(one);
      fields.writeString(1, piece);
      fields.flush();
      out.writeByteArray(1, one.toByteArray());
    }
    ByteArrayOutputStream training = new ByteArrayOutputStream();
    CodedOutputStream fields = CodedOutputStream.newInstance(training);
    fields.writeEnum(3, 2);
    fields.writeInt32(42, end);
    fields.flush();
    out.writeByteArray(2, training.toByteArray());
    out.flush();
    return Files.write(folder.resolve("small.model"), file.toByteArray());
  }

  private static void assertRefused(String message, Path file) {
    WroughtException refused = assertThrows(WroughtException.class, () -> TokenizerFile.read(file));
    assertEquals(ErrorCode.CORRUPT_FILE, refused.code(), refused.getMessage());
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
    assertTrue(
        refused.getMessage().contains(String.valueOf(file.getFileName())), refused.getMessage());
  }

  private static void assertCorrupt(Path file) {
    assertRefused("", file);
  }
}
