package dev.wrought.core.tokenizer;

import static dev.wrought.core.text.TestTexts.utf8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenListTest {
  @Test
  void find_randomTokens_asAMapDoes() {
    long seed = 31;
    Random random = new Random(seed);
    Map<String, Integer> ids = random(random, 3_000);
    TokenList tokens = of(ids);
    assertEquals(ids.size(), tokens.count());
    for (int round = 0; round < 10_000; round++) {
      String text = text(random);
      byte[] within = utf8("<" + text + ">");
      int expected = ids.getOrDefault(text, TokenList.NONE);
      assertEquals(expected, tokens.find(within, 1, within.length - 1), "seed " + seed);
      assertEquals(expected, tokens.find(text), "seed " + seed);
    }
    ids.forEach((text, id) -> assertEquals(text, tokens.written(id)));
  }

  @Test
  void halve_randomTokens_findsAllPairsInTheOrderOfTheirCuts() {
    long seed = 32;
    Map<String, Integer> ids = random(new Random(seed), 3_000);
    TokenList tokens = of(ids);
    ids.forEach((text, id) -> {
      List<Integer> expected = new ArrayList<>();
      for (int cut = 1; cut < text.length(); cut++) {
        Integer left = ids.get(text.substring(0, cut));
        Integer right = ids.get(text.substring(cut));
        if (left != null && right != null) {
          expected.addAll(List.of(left, right));
        }
      }
      List<Integer> found = new ArrayList<>();
      int ways = tokens.halve(id, (left, right) -> found.addAll(List.of(left, right)));
      assertEquals(expected, found, () -> "seed " + seed + ": " + text);
      assertEquals(expected.size(), 2 * ways);
    });
  }

  /** A zero byte counts, wherever it is. */
  @Test
  void find_zeroBytes_areDifferentTokens() {
    TokenList tokens = new TokenList(0);
    List<String> written = List.of("", "\0", "\0\0", "a", "a\0", "\0a");
    written.forEach(text -> assertEquals(TokenList.NONE, tokens.add(tokens.size(), text)));
    written.forEach(text -> assertEquals(written.indexOf(text), tokens.find(text)));
    assertEquals(2, tokens.longest());
  }

  /** Modulo 2^64 they have the same hash, whatever number the powers are of. */
  @Test
  void hash_thueMorseWords_differ() {
    byte[] word = new byte[1024];
    byte[] other = new byte[1024];
    for (int at = 0; at < word.length; at++) {
      int odd = Integer.bitCount(at) & 1;
      word[at] = (byte) ('a' + odd);
      other[at] = (byte) ('b' - odd);
    }
    assertNotEquals(TokenList.hash(word, 0, 1024), TokenList.hash(other, 0, 1024));
  }

  @Test
  void add_theSameTextTwice_givesTheEarlierIdAndFindsTheLater() {
    TokenList tokens = new TokenList(0);
    assertEquals(TokenList.NONE, tokens.add(7, "é"));
    assertEquals(7, tokens.add(3, "é"));
    assertEquals(3, tokens.find("é"));
    assertArrayEquals(utf8("é"), tokens.utf8(7));
    assertEquals(8, tokens.size());
    assertFalse(tokens.has(4));
    assertThrows(IllegalArgumentException.class, () -> tokens.written(4));
  }

  @Test
  void add_loneSurrogate_isRefused() {
    WroughtException refused =
        assertThrows(WroughtException.class, () -> new TokenList(0).add(0, "a\ud800"));
    assertEquals(ErrorCode.CORRUPT_FILE, refused.code());
    assertTrue(refused.getMessage().contains("U+D800 at offset 1"), refused.getMessage());
  }

  private static TokenList of(Map<String, Integer> ids) {
    TokenList tokens = new TokenList(0);
    ids.forEach((text, id) -> assertEquals(TokenList.NONE, tokens.add(id, text)));
    return tokens;
  }

  private static Map<String, Integer> random(Random random, int count) {
    Map<String, Integer> ids = new HashMap<>();
    while (ids.size() < count) {
      ids.putIfAbsent(text(random), 2 * ids.size());
    }
    return ids;
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(9); length >= 0; length--) {
      text.append("abcé".charAt(random.nextInt(4)));
    }
    return text.toString();
  }
}
