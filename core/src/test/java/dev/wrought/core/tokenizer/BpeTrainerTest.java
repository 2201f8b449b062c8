package dev.wrought.core.tokenizer;

import static dev.wrought.core.tokenizer.TestTokenizers.counts;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.text.Split;
import dev.wrought.core.text.TestTexts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BpeTrainerTest {
  private static final BpeTrainer.Progress SILENT = (merges, wanted) -> {};

  @Test
  void train_smallCorpora_learnsTheMergesOfThePlainDefinition() {
    long seed = 17;
    Random random = new Random(seed);
    for (int round = 0; round < 40; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 300; i++) {
        text.append(random.nextInt(4) == 0 ? ' ' : (char) ('a' + random.nextInt(1 + round % 4)));
      }
      String corpus = text.toString();
      Tokenizer trained =
          BpeTrainer.train(counts(corpus), BpeTrainer.minimumVocabulary() + 60, SILENT);
      List<String> expected = mergesPlainly(corpus, 60);
      assertEquals(expected, merges(trained), () -> "seed " + seed + ", corpus '" + corpus + "'");
    }
  }

  @Test
  void train_countsAddedInAnyOrder_areTheSameTokenizer() {
    String[] texts = TestTokenizers.PROSE.repeat(4).split("(?<=\\. )");
    WordCounts forwards = counts(texts);
    WordCounts first = new WordCounts();
    WordCounts second = new WordCounts();
    for (int i = texts.length - 1; i >= 0; i--) {
      (i % 2 == 0 ? first : second).add(TestTexts.utf8(texts[i]));
    }
    second.add(first);
    int size = BpeTrainer.minimumVocabulary() + 50;
    assertEquals(
        BpeTrainer.train(forwards, size, SILENT).digest(),
        BpeTrainer.train(second, size, SILENT).digest());
  }

  @Test
  void train_minimumVocabulary_hasNoMerges() {
    Tokenizer trained = BpeTrainer.train(counts("aaaa aaaa"), 364, SILENT);
    assertEquals(364, BpeTrainer.minimumVocabulary());
    assertEquals(0, trained.merges());
    assertEquals(364, trained.vocabularySize());
  }

  @Test
  void train_vocabularyBelowTheMinimum_isRefusedAndTheMinimumStated() {
    WroughtException refused =
        assertThrows(WroughtException.class, () -> BpeTrainer.train(counts("text"), 363, SILENT));
    assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
    assertTrue(String.valueOf(refused.getMessage()).contains("at least 364"));
  }

  @Test
  void train_emptyCorpus_isRefused() {
    WroughtException refused =
        assertThrows(WroughtException.class, () -> BpeTrainer.train(counts(""), 400, SILENT));
    assertEquals(ErrorCode.INVALID_DATA, refused.code());
  }

  @Test
  void train_corpusWithFewPairs_yieldsASmallerVocabulary() {
    Tokenizer trained = BpeTrainer.train(counts("abc abc xyz"), 10_000, SILENT);
    assertEquals(List.of("a b", "ab c"), merges(trained));
    assertEquals(256 + 2 + 108, trained.vocabularySize());
  }

  @Test
  void train_progress_reachesTheEndAndMayStopTheWork() {
    List<Integer> told = new ArrayList<>();
    Tokenizer trained =
        BpeTrainer.train(
            counts(TestTokenizers.PROSE.repeat(2)), 500, (merges, wanted) -> told.add(merges));
    assertEquals(trained.vocabularySize() - 364, told.getLast());
    assertThrows(
        IllegalStateException.class,
        () ->
            BpeTrainer.train(
                counts(TestTokenizers.PROSE.repeat(2)),
                500,
                (merges, wanted) -> {
                  throw new IllegalStateException("enough");
                }));
  }

  @Test
  void add_wordOfTenKilobytes_isCountedInPieces() {
    WordCounts counts = counts("a".repeat(10_240));
    assertEquals(1, counts.distinctWords());
    assertEquals(10, counts.count(0));
    assertEquals(1024, counts.word(0).length);
  }

  @Test
  void train_anyBytes_stayLossless() {
    byte[] noise = new byte[2000];
    new Random(1).nextBytes(noise);
    WordCounts counts = new WordCounts();
    counts.add(noise);
    counts.add(noise);
    Tokenizer trained = BpeTrainer.train(counts, 600, SILENT);
    assertArrayEquals(noise, trained.decode(trained.encode(noise)));
  }

  private static List<String> merges(Tokenizer trained) {
    BpeModel model = (BpeModel) trained.parts().model();
    List<String> merges = new ArrayList<>();
    for (int rank = 0; rank < model.merges(); rank++) {
      merges.add(model.leftOf(rank) + " " + model.rightOf(rank));
    }
    return merges;
  }

  /** Counts all pairs anew for each merge. */
  private static List<String> mergesPlainly(String corpus, int wanted) {
    List<List<String>> words = new ArrayList<>();
    byte[] text = TestTexts.utf8(corpus);
    for (int at = 0; at < text.length; ) {
      int end = Split.gpt2().splitter().next(text, at, text.length);
      String word = new String(text, at, end - at, StandardCharsets.UTF_8).replace(' ', 'Ġ');
      words.add(new ArrayList<>(List.of(word.split(""))));
      at = end;
    }
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (byte[] single : ByteAlphabet.inOrder()) {
      ids.put(ByteAlphabet.write(single), ids.size());
    }
    List<String> merges = new ArrayList<>();
    while (ids.size() < 256 + wanted) {
      String best = mostFrequentPair(words, ids);
      if (best.isEmpty()) {
        break;
      }
      merges.add(best);
      String merged = best.replace(" ", "");
      ids.putIfAbsent(merged, ids.size());
      words.forEach(word -> mergePlainly(word, best, merged));
    }
    return merges;
  }

  private static String mostFrequentPair(List<List<String>> words, Map<String, Integer> ids) {
    Map<String, Integer> counts = new HashMap<>();
    for (List<String> word : words) {
      for (int i = 0; i + 1 < word.size(); i++) {
        counts.merge(word.get(i) + " " + word.get(i + 1), 1, Integer::sum);
      }
    }
    String best = "";
    for (Map.Entry<String, Integer> pair : counts.entrySet()) {
      int atLeast = best.isEmpty() ? 2 : counts.getOrDefault(best, 0);
      if (pair.getValue() > atLeast
          || (pair.getValue() == atLeast
              && (best.isEmpty() || order(pair.getKey(), ids) < order(best, ids)))) {
        best = pair.getKey();
      }
    }
    return best;
  }

  private static long order(String pair, Map<String, Integer> ids) {
    String[] parts = pair.split(" ");
    return (long) ids.getOrDefault(parts[0], 0) << 32 | ids.getOrDefault(parts[1], 0);
  }

  private static void mergePlainly(List<String> word, String pair, String merged) {
    for (int i = 0; i + 1 < word.size(); i++) {
      if ((word.get(i) + " " + word.get(i + 1)).equals(pair)) {
        word.set(i, merged);
        word.remove(i + 1);
      }
    }
  }
}
