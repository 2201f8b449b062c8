package dev.wrought.core.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wrought.core.text.TestTexts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
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
    WordMerger merger = merger();
    for (int length : new int[] {1, 2, 3, 5, 17, 127, 128, 129, 130, 207, 1000, 4098}) {
      for (int round = 0; round < 20; round++) {
        byte[] word = new byte[length];
        for (int i = 0; i < length; i++) {
          word[i] = (byte) ('a' + random.nextInt(1 + round % 4));
        }
        int count = merger.encode(word, 0, length);
        assertArrayEquals(
            plainly(word),
            Arrays.copyOf(merger.ids(), count),
            () -> "length " + length + ", seed " + seed);
      }
    }
  }

  @Test
  void merge_megabyteOfOneLetter_endsInGoodTime() {
    byte[] word = new byte[1 << 20];
    Arrays.fill(word, (byte) 'a');
    assertEquals(1 << 17, merger().encode(word, 0, word.length));
  }

  @Test
  void merge_partOfAText_looksAtNothingElse() {
    WordMerger merger = merger();
    assertEquals(1, merger.encode(TestTexts.utf8("xabcx"), 1, 4));
    assertEquals(259, merger.ids()[0]);
  }

  private static WordMerger merger() {
    int[] byteIds = new int[256];
    Arrays.setAll(byteIds, i -> i);
    return new WordMerger(
        new MergeTable(
            column(0), column(1), IntStream.range(0, column(0).length).toArray(), column(2)),
        new InitialTokens.OfBytes(byteIds),
        new WholeWords());
  }

  private static int[] column(int index) {
    return Arrays.stream(MERGES).mapToInt(merge -> merge[index]).toArray();
  }

  /** Again and again the leftmost pair of the lowest rank. */
  private static int[] plainly(byte[] word) {
    List<Integer> ids = new ArrayList<>();
    for (byte value : word) {
      ids.add(value & 0xFF);
    }
    for (boolean merged = true; merged; ) {
      merged = false;
      int bestAt = -1;
      int bestRank = Integer.MAX_VALUE;
      for (int i = 0; i + 1 < ids.size(); i++) {
        int rank = rank(ids.get(i), ids.get(i + 1));
        if (rank < bestRank) {
          bestRank = rank;
          bestAt = i;
        }
      }
      if (bestAt >= 0) {
        ids.set(bestAt, MERGES[bestRank][2]);
        ids.remove(bestAt + 1);
        merged = true;
      }
    }
    return ids.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int rank(int left, int right) {
    for (int rank = 0; rank < MERGES.length; rank++) {
      if (MERGES[rank][0] == left && MERGES[rank][1] == right) {
        return rank;
      }
    }
    return Integer.MAX_VALUE;
  }
}
