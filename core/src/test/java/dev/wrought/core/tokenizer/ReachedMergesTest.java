package dev.wrought.core.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.text.TestTexts;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReachedMergesTest {
  /** Some of the tokens are made of later ones, and some of none. */
  private static TokenList random(Random random) {
    Set<String> words = new LinkedHashSet<>();
    while (words.size() < 24) {
      words.add(word(random, 2 + random.nextInt(5)));
    }
    TokenList tokens = new TokenList(0);
    for (int value = 0; value < ByteAlphabet.SIZE; value++) {
      tokens.add(value, ByteAlphabet.write(new byte[] {(byte) value}));
    }
    words.forEach(word -> tokens.add(tokens.size(), word));
    return tokens;
  }

  private static String word(Random random, int length) {
    StringBuilder word = new StringBuilder();
    random.ints(length, 'a', 'd').forEach(letter -> word.append((char) letter));
    return word.toString();
  }

  private static WordMerger merger(TokenList tokens, MergeTable table) {
    return new WordMerger(table, InitialTokens.OfBytes.of(tokens), new WholeWords());
  }

  private static WordMerger withAllMerges(TokenList tokens) {
    return merger(tokens, new RankedMerges(tokens, id -> id).table());
  }

  private static int[] ids(WordMerger merger, String text) {
    byte[] word = TestTexts.utf8(text);
    return Arrays.copyOf(merger.ids(), merger.encode(word, 0, word.length));
  }

  @Test
  void table_reachedMergesAlone_encodesAsAllMergesDo() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      TokenList tokens = random(random);
      WordMerger all = withAllMerges(tokens);
      WordMerger reached = merger(tokens, new ReachedMerges(tokens).table());
      for (int i = 0; i < 30; i++) {
        String word = word(random, 1 + random.nextInt(90));
        assertArrayEquals(ids(all, word), ids(reached, word), "seed " + seed);
      }
    }
  }

  @Test
  void list_eachToken_isMadeOnceAndByItsId() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int notReached = 0;
    for (int round = 0; round < 100; round++) {
      TokenList tokens = random(random);
      WordMerger all = withAllMerges(tokens);
      ReachedMerges merges = new ReachedMerges(tokens);
      Set<Integer> made = new HashSet<>();
      for (int merge = 0; merge < merges.list().size(); merge++) {
        assertEquals(merges.list().rank(merge), merges.list().result(merge));
        assertTrue(made.add(merges.list().result(merge)), "seed " + seed);
      }
      for (int id = ByteAlphabet.SIZE; id < tokens.size(); id++) {
        boolean reached = ids(all, tokens.written(id)).length == 1;
        assertEquals(reached, made.contains(id), "seed " + seed);
        notReached += reached ? 0 : 1;
      }
      assertEquals(made.size() == tokens.size() - ByteAlphabet.SIZE, merges.areAllReached());
    }
    assertTrue(notReached > 0);
  }

  @Test
  void list_byteThatHasNoToken_isNotPassedOver() {
    TokenList tokens = new TokenList(0);
    for (String text : new String[] {"a", "b", ByteAlphabet.write(TestTexts.utf8("a\u0003b"))}) {
      tokens.add(tokens.size(), text);
    }
    ReachedMerges merges = new ReachedMerges(tokens);
    assertEquals(0, merges.list().size());
    assertFalse(merges.areAllReached());
  }
}
