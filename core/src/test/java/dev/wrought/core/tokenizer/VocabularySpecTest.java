package dev.wrought.core.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VocabularySpecTest {
  @Test
  void mergesWanted_isWhatBytesAndSpecialTokensLeave() {
    assertEquals(0, VocabularySpec.of(364).mergesWanted());
    assertEquals(34, new VocabularySpec(400, List.of("<|a|>", "<|b|>"), 1).mergesWanted());
  }

  @ParameterizedTest
  @CsvSource({"400, 1, 36, 400", "400, 64, 36, 448", "448, 64, 84, 448", "400, 64, 20, 384"})
  void specialTokens_padded_makeTheNumberOfIdsAMultiple(
      int size, int multiple, int merges, int ids) {
    VocabularySpec vocabulary = new VocabularySpec(size, List.of(), multiple);
    assertEquals(ids, 256 + merges + vocabulary.specialTokens(merges).size());
  }

  @ParameterizedTest
  @CsvSource({
    "'', 1 to 256 bytes",
    "'  ', 1 to 256 bytes",
    "<|twice|>, reserved twice",
    "<|endoftext|>, always is",
    "<extra_id_7>, always is",
    "<|unused_3|>, padding is called so",
    "word, text may teach",
    "\u0120word, text may teach",
    "<|, text may teach",
    "a, text may teach"
  })
  void reserved_badNames_areRefusedWithTheReason(String name, String reason) {
    assertRefused(reason, 500, List.of("<|twice|>", name), 1);
  }

  @Test
  void reserved_namesThatNoTextTeaches_areTaken() {
    List<String> names =
        List.of("<|word|>", "[MASK]", "two words", "<s>", "\u4e2d\u6587", "\ud83d\ude00");
    assertEquals(names, new VocabularySpec(500, names, 1).reserved());
  }

  @Test
  void reserved_loneSurrogate_isRefused() {
    assertRefused("surrogate", 500, List.of("<|\ud83d|>"), 1);
  }

  @Test
  void size_outOfRange_isRefusedAndTheRangeStated() {
    assertRefused("at least 364", 363, List.of(), 1);
    assertRefused("at least 365 (256 bytes and 109 special tokens)", 364, List.of("<|a|>"), 1);
    assertRefused("at most 2097152", (1 << 21) + 1, List.of(), 1);
    assertRefused("at most 2097152", 1 << 21, List.of(), 1000);
  }

  @Test
  void padToMultiple_outOfRange_isRefused() {
    assertRefused("1 to 65536", 500, List.of(), 0);
    assertRefused("1 to 65536", 500, List.of(), 65_537);
  }

  private static void assertRefused(String reason, int size, List<String> reserved, int multiple) {
    WroughtException refused =
        assertThrows(WroughtException.class, () -> new VocabularySpec(size, reserved, multiple));
    assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
    assertTrue(String.valueOf(refused.getMessage()).contains(reason), refused.getMessage());
  }
}
