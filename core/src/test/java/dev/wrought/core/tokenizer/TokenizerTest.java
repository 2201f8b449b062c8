package dev.wrought.core.tokenizer;

import static dev.wrought.core.text.TestTexts.utf8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TokenizerTest {
  private final Tokenizer tokenizer = TestTokenizers.prose();

  @Test
  void encode_textOfTheCorpus_usesItsMergesAndComesBack() {
    int[] ids = tokenizer.encode("the cat sat");
    assertTrue(ids.length < 8, () -> Arrays.toString(ids));
    assertEquals("the cat sat", text(ids));
  }

  @Test
  void encode_anyBytes_areLossless() {
    long seed = 11;
    Random random = new Random(seed);
    for (int length : new int[] {0, 1, 4, 6, 13, 15, 16, 17, 207, 4098}) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      assertArrayEquals(bytes, tokenizer.decode(tokenizer.encode(bytes)), "seed " + seed);
    }
  }

  @Test
  void encodeDocument_anyText_isTheTextAndItsEnd() {
    for (String text : List.of("", "the cat sat", "one <|endoftext|> two")) {
      int[] ids = tokenizer.encodeDocument(text.getBytes(StandardCharsets.UTF_8));
      assertEquals(tokenizer.endOfTextId(), ids[ids.length - 1]);
      assertArrayEquals(tokenizer.encode(text), Arrays.copyOf(ids, ids.length - 1));
    }
  }

  @Test
  void encode_malformedUtf8_isLossless() {
    byte[][] malformed = {
      {(byte) 0xC0, (byte) 0x80}, // overlong NUL
      {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, // surrogate
      {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, 'a'}, // byte order mark
      {'a', (byte) 0xE2, (byte) 0x82}, // cut off
      {(byte) 0xF8, (byte) 0x88, (byte) 0x80, (byte) 0x80, (byte) 0x80},
      {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80} // above U+10FFFF
    };
    for (byte[] bytes : malformed) {
      assertArrayEquals(bytes, tokenizer.decode(tokenizer.encode(bytes)));
    }
  }

  @Test
  void encode_nul_isAnOrdinaryByte() {
    assertEquals("a\0b\0\0", text(tokenizer.encode("a\0b\0\0")));
  }

  @Test
  void encode_loneSurrogate_isRefusedWithItsOffset() {
    WroughtException refused =
        assertThrows(WroughtException.class, () -> tokenizer.encode("ab\uD800c"));
    assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
    assertTrue(String.valueOf(refused.getMessage()).contains("U+D800 at offset 2"));
  }

  @Test
  void encodeWithOffsets_onManyThreads_givesTheIdsOfEncodeAndTheBytesOfEach() throws Exception {
    byte[] text = utf8("the cat sat on the mat; été 123 \uD83D\uDD25\n\n    the end");
    Callable<Encoding> encoding = () -> tokenizer.encodeWithOffsets(text, EncodingOptions.PLAIN);
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Encoding> each : threads.invokeAll(Collections.nCopies(200, encoding))) {
        Encoding encoded = each.get();
        assertArrayEquals(tokenizer.encode(text), encoded.ids());
        for (int i = 0; i < encoded.size(); i++) {
          assertArrayEquals(
              tokenizer.bytesOf(encoded.ids()[i]),
              Arrays.copyOfRange(text, encoded.starts()[i], encoded.ends()[i]));
        }
      }
    }
  }

  @Test
  void decode_withoutSpecialTokens_leavesThemOut() {
    int[] ids = tokenizer.encodeWithSpecial("the<|endoftext|> cat<|endoftext|>");
    assertEquals("the cat", new String(tokenizer.decode(ids, true), StandardCharsets.UTF_8));
    assertEquals("the<|endoftext|> cat<|endoftext|>", text(ids));
    assertTrue(tokenizer.isSpecial(tokenizer.endOfTextId()));
    assertFalse(tokenizer.isSpecial(0) || tokenizer.isSpecial(-1));
  }

  @Test
  void encode_specialTokenTypedByAUser_isPlainText() {
    String typed = "a<|endoftext|>b[R]<extra_id_0>";
    int[] ids = tokenizer.encode(typed);
    int firstSpecial = tokenizer.specialTokens().getFirst().id();
    assertTrue(Arrays.stream(ids).allMatch(id -> id < firstSpecial));
    assertEquals(typed, text(ids));
  }

  @Test
  void encodeWithSpecial_cutsSpecialTokensOut() {
    int[] ids = tokenizer.encodeWithSpecial("<|user|>the cat<|end|><|endoftext|>");
    assertEquals(tokenizer.specialId("<|user|>").orElseThrow(), ids[0]);
    assertEquals(tokenizer.endOfTextId(), ids[ids.length - 1]);
    assertEquals("<|user|>the cat<|end|><|endoftext|>", text(ids));
    assertArrayEquals(tokenizer.encode("the cat"), Arrays.copyOfRange(ids, 1, ids.length - 2));
  }

  @Test
  void encodeWithSpecial_longestOfSeveral_wins() {
    int[] ids = tokenizer.encodeWithSpecial("<extra_id_10>");
    assertArrayEquals(new int[] {tokenizer.specialId("<extra_id_10>").orElseThrow()}, ids);
    assertTrue(tokenizer.encodeWithSpecial("<extra_id_1").length > 1);
  }

  @Test
  void specialTokens_sentinels_descendFromTheTopOfTheVocabulary() {
    int top = tokenizer.vocabularySize() - 1;
    for (int index = 0; index < SpecialTokens.SENTINELS; index++) {
      assertEquals(top - index, tokenizer.specialId(SpecialTokens.sentinel(index)).orElseThrow());
    }
    assertEquals(108, tokenizer.specialTokens().size());
    assertFalse(tokenizer.specialId("<|nothing|>").isPresent());
  }

  @Test
  void decode_unknownId_isRefusedWithTheRange() {
    for (int id : new int[] {-1, tokenizer.vocabularySize(), Integer.MAX_VALUE}) {
      WroughtException refused =
          assertThrows(WroughtException.class, () -> tokenizer.decode(new int[] {0, id}));
      assertTrue(String.valueOf(refused.getMessage()).contains("ids are 0 to "));
    }
  }

  @Test
  void bytesOf_changedByTheCaller_leavesTheTokenizerAlone() {
    tokenizer.bytesOf(5)[0] = 0;
    assertEquals("&", text(new int[] {5}));
  }

  @Test
  void encode_manyLongAndShortWordsTwice_comesFromMemoryUnchanged() {
    StringBuilder text = new StringBuilder();
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      for (int letters = random.nextInt(40); letters >= 0; letters--) {
        text.append((char) ('a' + random.nextInt(26)));
      }
      text.append(' ');
    }
    byte[] bytes = utf8(text.toString());
    int[] cold = tokenizer.encode(bytes);
    assertArrayEquals(cold, tokenizer.encode(bytes));
    assertArrayEquals(bytes, tokenizer.decode(cold));
  }

  @Test
  void encode_fromManyThreads_isTheSameAsFromOne() throws Exception {
    byte[] bytes = utf8(TestTokenizers.PROSE.repeat(50));
    int[] expected = tokenizer.encode(bytes);
    Callable<int[]> encoding = () -> tokenizer.encode(bytes);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<int[]>> results = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        results.add(threads.submit(encoding));
      }
      for (Future<int[]> result : results) {
        assertArrayEquals(expected, result.get());
      }
    }
  }

  private String text(int[] ids) {
    return new String(tokenizer.decode(ids), StandardCharsets.UTF_8);
  }
}
