package dev.wrought.core.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.text.TestTexts;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WordTableTest {
  private static final int LONGEST = 40;

  private final int[] written = new int[LONGEST + WordCache.MOST_TOKENS];

  @Test
  void find_wordsOfAllLengths_haveTheirTokens() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    WordTable table = new WordTable(1 << 20);
    Map<String, int[]> known = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      String word = TestTexts.random(random);
      byte[] text = TestTexts.utf8(word.substring(0, Math.min(LONGEST / 3, word.length())));
      if (text.length > 0) {
        String name = Arrays.toString(text);
        int[] expected = known.get(name);
        assertArrayEquals(expected, tokens(table, text), "seed " + seed);
        if (expected == null) {
          int[] ids = random.ints(1 + random.nextInt(text.length), 0, 1 << 21).toArray();
          add(table, text, ids);
          known.put(name, ids);
        }
      }
    }
  }

  /** Its ninth byte and on are what a key has there. */
  @Test
  void find_longWordThatBeginsAsAKey_isAnother() {
    WordTable table = new WordTable(1 << 10);
    byte[] text = TestTexts.utf8("fifteen letters");
    byte[] longer = Arrays.copyOf(TestTexts.utf8("fifteen letters"), 16);
    longer[15] = 15;
    add(table, longer, new int[] {7});
    assertEquals(-1, table.find(WordCache.low(text, 0, 15), WordCache.high(text, 0, 15)));
    add(table, text, new int[] {8});
    assertArrayEquals(new int[] {7}, tokens(table, longer));
    assertArrayEquals(new int[] {8}, tokens(table, text));
  }

  /** By one half of a product these had the same hash, in every process. */
  @Test
  void hash_highBitsThatUndoEachOther_isAnother() {
    byte[] word = TestTexts.utf8("!".repeat(16));
    byte[] other = word.clone();
    for (int at : new int[] {7, 11, 15}) {
      other[at] ^= (byte) 0x80;
    }
    assertNotEquals(WordTable.hash(word, 0, 16), WordTable.hash(other, 0, 16));
  }

  @Test
  void add_wordsBeyondTheBound_forgetsAllOthers() {
    WordTable table = new WordTable(1 << 10);
    byte[] first = TestTexts.utf8("first");
    add(table, first, new int[] {1});
    for (int i = 0; tokens(table, first) != null; i++) {
      assertTrue(i < 1 << 10, "nothing is ever forgotten");
      add(table, TestTexts.utf8("word " + i), new int[] {i, i, i, i, i});
      assertArrayEquals(new int[] {i, i, i, i, i}, tokens(table, TestTexts.utf8("word " + i)));
    }
  }

  private static void add(WordTable table, byte[] word, int[] ids) {
    int length = word.length;
    if (length <= WordCache.LONGEST_WORD) {
      long low = WordCache.low(word, 0, length);
      table.add(low, WordCache.high(word, 0, length), ids, ids.length);
    } else {
      table.add(word, 0, length, ids, ids.length);
    }
  }

  private int @Nullable [] tokens(WordTable table, byte[] word) {
    int length = word.length;
    int place =
        length <= WordCache.LONGEST_WORD
            ? table.find(WordCache.low(word, 0, length), WordCache.high(word, 0, length))
            : table.find(word, 0, length);
    if (place < 0) {
      return null;
    }
    table.write(place, written, 0);
    return Arrays.copyOf(written, table.count(place));
  }
}
