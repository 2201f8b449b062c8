package dev.wrought.core.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wrought.core.text.TestTexts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WordMergerTest {
  /** Merges over the letters a to d, with equal results by several ways and overlapping pairs. */
  private static final int[][] MERGES = {
    {'a', 'b', 256},
    {'a', 'a', 257},
    {'b', 'c', 258},
    {256, 'c', 259},
    {'a', 258, 259},
    {257, 257, 260},
    {'c', 'c', 261},
    {260, 260, 262},
    {261, 259, 263},
    {'d', 'd', 264},
    {264, 264, 265}
  };

  @Test
  void merge_shortAndLongWords_equalThePlainDefinition() {
    long seed = 5;
    Random random = new Random(seed);
    for (int length : new int[] {1, 2, 3, 5, 17, 127, 128, 129, 130, 207, 1000, 4098}) {
      for (int round = 0; round < 20; round++) {
        assertAsPlainly(MERGES, word(length, 1 + round % 4, random), "seed " + seed);
      }
    }
  }

  /** Where more pairs come into being than there were, most of which are soon out of date. */
  @Test
  void merge_longWordsByManyMerges_equalThePlainDefinition() {
    long seed = 6;
    Random random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      assertAsPlainly(everyPair(60, random), word(600, 4, random), "seed " + seed);
    }
  }

  private static void assertAsPlainly(int[][] merges, byte[] word, String message) {
    WordMerger merger = merger(merges);
    int count = merger.encode(word, 0, word.length);
    int[] ids = plainly(merges, word);
    assertArrayEquals(ids, Arrays.copyOf(merger.ids(), count), message);
    int end = 0;
    for (int token = 0; token < count; token++) {
      end += length(merges, ids[token]);
      assertEquals(end, merger.ends()[token], message);
    }
  }

  /** How many letters a token was merged from. */
  private static int length(int[][] merges, int id) {
    for (int[] merge : merges) {
      if (merge[2] == id) {
        return length(merges, merge[0]) + length(merges, merge[1]);
      }
    }
    return 1;
  }

  private static byte[] word(int length, int letters, Random random) {
    byte[] word = new byte[length];
    for (int i = 0; i < length; i++) {
      word[i] = (byte) ('a' + random.nextInt(letters));
    }
    return word;
  }

  /** So many pairs, of the letters first and then of what they become, in any order. */
  private static int[][] everyPair(int count, Random random) {
    List<int[]> pairs = new ArrayList<>();
    List<Integer> tokens = new ArrayList<>(List.of(97, 98, 99, 100));
    for (int sum = 0; pairs.size() < count; sum++) {
      for (int left = 0; left <= sum && pairs.size() < count; left++) {
        if (left < tokens.size() && sum - left < tokens.size()) {
          pairs.add(new int[] {tokens.get(left), tokens.get(sum - left), 256 + pairs.size()});
          tokens.add(256 + pairs.size() - 1);
        }
      }
    }
    Collections.shuffle(pairs, random);
    return pairs.toArray(int[][]::new);
  }

  @Test
  void merge_megabyteOfOneLetter_endsInGoodTime() {
    byte[] word = new byte[1 << 20];
    Arrays.fill(word, (byte) 'a');
    assertEquals(1 << 17, merger(MERGES).encode(word, 0, word.length));
  }

  @Test
  void merge_partOfAText_looksAtNothingElse() {
    WordMerger merger = merger(MERGES);
    assertEquals(1, merger.encode(TestTexts.utf8("xabcx"), 1, 4));
    assertEquals(259, merger.ids()[0]);
  }

  private static WordMerger merger(int[][] merges) {
    int[] byteIds = new int[256];
    Arrays.setAll(byteIds, i -> i);
    MergeTable table = new MergeTable(merges.length);
    for (int rank = 0; rank < merges.length; rank++) {
      table.add(merges[rank][0], merges[rank][1], rank, merges[rank][2]);
    }
    return new WordMerger(table, new InitialTokens.OfBytes(byteIds), new WholeWords());
  }

  /** Again and again the leftmost pair of the lowest rank. */
  private static int[] plainly(int[][] merges, byte[] word) {
    List<Integer> ids = new ArrayList<>();
    for (byte value : word) {
      ids.add(value & 0xFF);
    }
    for (boolean merged = true; merged; ) {
      merged = false;
      int bestAt = -1;
      int bestRank = Integer.MAX_VALUE;
      for (int i = 0; i + 1 < ids.size(); i++) {
        int rank = rank(merges, ids.get(i), ids.get(i + 1));
        if (rank < bestRank) {
          bestRank = rank;
          bestAt = i;
        }
      }
      if (bestAt >= 0) {
        ids.set(bestAt, merges[bestRank][2]);
        ids.remove(bestAt + 1);
        merged = true;
      }
    }
    return ids.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int rank(int[][] merges, int left, int right) {
    for (int rank = 0; rank < merges.length; rank++) {
      if (merges[rank][0] == left && merges[rank][1] == right) {
        return rank;
      }
    }
    return Integer.MAX_VALUE;
  }
}
