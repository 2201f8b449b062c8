package dev.wrought.core.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReachedMergesTest {
  private static final InitialTokens BYTES =
      new InitialTokens.OfBytes(IntStream.range(0, 256).toArray());

  /** A vocabulary with all ways to cut its tokens, and the same with those that are reached. */
  private record Both(List<String> tokens, int[] ranks, boolean ofPairs) {
    static Both random(Random random) {
      Set<String> tokens = new LinkedHashSet<>();
      for (int value = 0; value < 256; value++) {
        tokens.add(String.valueOf((char) value));
      }
      while (tokens.size() < 280) {
        tokens.add(word(random, 2 + random.nextInt(5)));
      }
      int[] ranks = random.ints(tokens.size(), 0, random.nextBoolean() ? 1000 : 8).toArray();
      return new Both(List.copyOf(tokens), ranks, random.nextBoolean());
    }

    WordMerger all() {
      MergeTable table = new MergeTable(8 * tokens.size());
      for (int id = 256; id < tokens.size(); id++) {
        for (int cut = 1; cut < tokens.get(id).length(); cut++) {
          int left = tokens.indexOf(tokens.get(id).substring(0, cut));
          int right = tokens.indexOf(tokens.get(id).substring(cut));
          if (left >= 0 && right >= 0) {
            table.add(left, right, rank(left, right, id), id);
          }
        }
      }
      return new WordMerger(table, BYTES, new WholeWords());
    }

    /** Of a token, as in tiktoken, or of each way to cut it. */
    int rank(int left, int right, int result) {
      return ranks[ofPairs ? (31 * left + right) % ranks.length : result];
    }

    ReachedMerges reached() {
      return new ReachedMerges(
          IntStream.range(0, tokens.size()).toArray(),
          id -> latin(tokens.get(id)),
          BYTES,
          this::rank);
    }
  }

  private static String word(Random random, int length) {
    StringBuilder word = new StringBuilder();
    random.ints(length, 'a', 'd').forEach(letter -> word.append((char) letter));
    return word.toString();
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Also with tokens of equal rank, and with tokens that nothing merges into. */
  @Test
  void table_reachedMergesAlone_encodesAsAllMergesDo() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      Both both = Both.random(random);
      WordMerger all = both.all();
      WordMerger few = new WordMerger(both.reached().table(), BYTES, new WholeWords());
      for (int i = 0; i < 30; i++) {
        byte[] word = latin(word(random, 1 + random.nextInt(90)));
        assertArrayEquals(ids(all, word), ids(few, word), "seed " + seed);
      }
    }
  }

  private static int[] ids(WordMerger merger, byte[] word) {
    return Arrays.copyOf(merger.ids(), merger.encode(word, 0, word.length));
  }

  @Test
  void has_tokenOfItsOwnBytes_asMergingSays() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int unreached = 0;
    for (int round = 0; round < 100; round++) {
      Both both = Both.random(random);
      ReachedMerges reached = both.reached();
      WordMerger all = both.all();
      for (int id = 0; id < both.tokens().size(); id++) {
        int[] ids = ids(all, latin(both.tokens().get(id)));
        assertEquals(ids.length == 1 && ids[0] == id, reached.has(id), "seed " + seed);
        unreached += reached.has(id) ? 0 : 1;
      }
    }
    assertTrue(unreached > 0);
  }
}
