package dev.wrought.core.tokenizer;

import static dev.wrought.core.text.TestTexts.utf8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.text.TestTexts;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnigramTrainerTest {
  private static final UnigramTrainer.Progress SILENT = (_, _, _) -> {};
  private static final String TEXT = TestTokenizers.PROSE.repeat(4);

  @Test
  void train_prose_makesTokensOfItsWords_andIsLossless() {
    Tokenizer tokenizer =
        UnigramTrainer.train(counts(TEXT), VocabularySpec.of(least() + 60), SILENT);
    assertTrue(tokenizer.vocabularySize() <= least() + 60);
    assertEquals("unigram", tokenizer.model());
    int[] ids = tokenizer.encode("the cat sat on the mat");
    assertTrue(ids.length < 10, () -> Arrays.toString(ids));
    long seed = 1;
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      byte[] text = utf8(TestTexts.random(random));
      assertArrayEquals(text, tokenizer.decode(tokenizer.encode(text)), "seed " + seed);
      byte[] bytes = new byte[20];
      random.nextBytes(bytes);
      assertArrayEquals(bytes, tokenizer.decode(tokenizer.encode(bytes)), "seed " + seed);
    }
  }

  @Test
  void train_again_isTheSame_andAFewPiecesMoreNeverMakeTextLonger() {
    Tokenizer first = UnigramTrainer.train(counts(TEXT), VocabularySpec.of(least() + 60), SILENT);
    assertEquals(
        first.digest(),
        UnigramTrainer.train(counts(TEXT), VocabularySpec.of(least() + 60), SILENT).digest());
    Tokenizer larger = UnigramTrainer.train(counts(TEXT), VocabularySpec.of(least() + 100), SILENT);
    assertTrue(larger.encode(TEXT).length <= first.encode(TEXT).length);
  }

  @Test
  void train_fewerPiecesThanCharacters_keepsTheMostFrequent() {
    Tokenizer tokenizer =
        UnigramTrainer.train(counts(TEXT), VocabularySpec.of(least() + 5), SILENT);
    assertEquals(least() + 5, tokenizer.vocabularySize());
    assertArrayEquals(utf8(TEXT), tokenizer.decode(tokenizer.encode(utf8(TEXT))));
  }

  @Test
  void seeds_areTheFrequentSubstringsOfWords() {
    WordCounts counts = counts("abab abab abc");
    Map<String, Long> found = new HashMap<>();
    for (SeedPieces.Seed seed : SeedPieces.find(counts, 100, 1)) {
      found.put(new String(seed.piece(), StandardCharsets.UTF_8), seed.count());
    }
    Map<String, Long> expected = new HashMap<>();
    for (String word : List.of("▁abab", "▁abab", "▁abc")) {
      for (int from = 0; from < word.length(); from++) {
        for (int to = from + 1; to <= word.length(); to++) {
          expected.merge(word.substring(from, to), 1L, Long::sum);
        }
      }
    }
    expected.entrySet().removeIf(e -> e.getKey().length() > 1 && e.getValue() < 2);
    assertEquals(expected, found);
  }

  @Test
  void seeds_moreThanAreWanted_areTheMostValuable() {
    List<SeedPieces.Seed> all = SeedPieces.find(counts(TEXT), 1_000, 1);
    List<SeedPieces.Seed> some = SeedPieces.find(counts(TEXT), 10, 1);
    int characters = (int) all.stream().filter(seed -> seed.characters() == 1).count();
    assertEquals(characters + 10, some.size());
    for (int i = 0; i < some.size(); i++) {
      assertArrayEquals(all.get(i).piece(), some.get(i).piece());
    }
  }

  /** Against the sum over all ways to divide a word, one by one. */
  @Test
  void expectedCounts_smallWords_areThoseOfAllWaysToDivideThem() {
    String[] pieces = {"a", "b", "ab", "ba", "aba", "c"};
    double[] scores = {-1, -2, -1.5, -3, -2.5, -4};
    Map<String, Integer> ids = new HashMap<>();
    for (int i = 0; i < pieces.length; i++) {
      ids.put(pieces[i], i);
    }
    for (String word : new String[] {"a", "abab", "abacab", "abxba"}) {
      ExpectedCounts counts = new ExpectedCounts(PieceTrie.of(ids), scores, -20);
      counts.add(utf8(word), 3);
      double[] expected = new double[pieces.length];
      double all = sumOfWays(word, 0, 1, ids, scores, new int[pieces.length], expected);
      for (int i = 0; i < pieces.length; i++) {
        assertEquals(3 * expected[i] / all, counts.count(i), 1e-9, word + ", " + pieces[i]);
      }
      assertEquals(3 * Math.log(all), counts.logLikelihood(), 1e-9);
    }
  }

  private static double sumOfWays(
      String word,
      int at,
      double probability,
      Map<String, Integer> ids,
      double[] scores,
      int[] used,
      double[] expected) {
    if (at == word.length()) {
      for (int i = 0; i < used.length; i++) {
        expected[i] += used[i] * probability;
      }
      return probability;
    }
    double sum = 0;
    for (int end = at + 1; end <= word.length(); end++) {
      Integer piece = ids.get(word.substring(at, end));
      if (piece != null) {
        used[piece]++;
        sum +=
            sumOfWays(
                word, end, probability * Math.exp(scores[piece]), ids, scores, used, expected);
        used[piece]--;
      } else if (end == at + 1) {
        sum += sumOfWays(word, end, probability * Math.exp(-20), ids, scores, used, expected);
      }
    }
    return sum;
  }

  private static int least() {
    return BpeTrainer.minimumVocabulary() + 1;
  }

  private static WordCounts counts(String text) {
    WordCounts counts = new WordCounts(ModelKind.UNIGRAM);
    counts.add(utf8(text));
    return counts;
  }
}
