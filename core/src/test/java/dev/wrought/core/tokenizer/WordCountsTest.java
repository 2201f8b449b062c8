package dev.wrought.core.tokenizer;

import static dev.wrought.core.tokenizer.TestTokenizers.counts;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.text.TestTexts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WordCountsTest {
  @Test
  void add_wordOfTenKilobytes_isCountedInPieces() {
    WordCounts counts = counts("a".repeat(10_240));
    assertEquals(1, counts.distinctWords());
    assertEquals(10, counts.count(0));
    assertEquals(1024, counts.word(0).length);
  }

  /** FAULTS T2: every byte is counted in one word, so that the work grows with the bytes. */
  @Test
  void add_anyText_countsEachByteOnce() {
    long seed = 31;
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      byte[] text = TestTexts.utf8(TestTexts.random(random).repeat(round));
      WordCounts counts = new WordCounts();
      counts.add(text);
      long bytes =
          IntStream.range(0, counts.distinctWords())
              .mapToLong(word -> counts.count(word) * counts.word(word).length)
              .sum();
      assertEquals(text.length, bytes, "seed " + seed + ", round " + round);
    }
  }

  @Test
  void prune_enoughMemory_dropsNothing() {
    WordCounts counts = counts("a.b.b");
    assertSame(PrunedWords.NONE, counts.prune(counts.memoryBytes()));
    assertEquals(3, counts.distinctWords());
  }

  @Test
  void prune_notEnoughMemory_dropsTheRarestAndOfEquallyRareOnesTheFirstMet() {
    WordCounts counts = counts("ab.cd.cd.ef.ef.gh.gh.gh.ij.ij");
    assertEquals("{ab=1, .=9, cd=2, ef=2, gh=3, ij=2}", words(counts).toString());
    long three = counts("xx yy.".replace(" ", ".")).memoryBytes();
    PrunedWords pruned = counts.prune(three + 80);
    assertEquals(new PrunedWords(2, 3, 2), pruned);
    assertEquals("{.=9, ef=2, gh=3, ij=2}", words(counts).toString());
    counts.add(TestTexts.utf8("ab.cd"));
    assertEquals("{.=10, ef=2, gh=3, ij=2, ab=1, cd=1}", words(counts).toString());
  }

  @Test
  void prune_anyCounts_fitsAndDropsNothingMoreFrequentThanWhatItKeeps() {
    long seed = 37;
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      WordCounts counts = new WordCounts();
      for (int i = 0; i < 400; i++) {
        int skewed = random.nextInt(1 + random.nextInt(200));
        counts.add(TestTexts.utf8(Integer.toString(skewed, 36) + "."));
      }
      Map<String, Long> before = words(counts);
      long most = random.nextLong(counts.memoryBytes());
      PrunedWords pruned = counts.prune(most);
      Map<String, Long> after = words(counts);
      String message = "seed " + seed + ", round " + round;
      assertTrue(counts.memoryBytes() <= most, message);
      assertEquals(before.size() - after.size(), pruned.words(), message);
      assertEquals(sum(before) - sum(after), pruned.occurrences(), message);
      assertTrue(after.values().stream().allMatch(count -> count >= pruned.floor()), message);
      after.forEach((word, count) -> assertEquals(before.get(word), count, message));
      before.keySet().removeAll(after.keySet());
      assertTrue(before.values().stream().allMatch(count -> count <= pruned.floor()), message);
    }
  }

  @Test
  void read_whatWasWritten_isTheSameAndGoesOnBeingCountedIn() throws IOException {
    WordCounts counts = counts("one two two \u00e9\u00e9 " + "x".repeat(3000), "b".repeat(200_000));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    counts.write(out);
    WordCounts read = WordCounts.read(new ByteArrayInputStream(out.toByteArray()), ModelKind.BPE);
    assertEquals(words(counts), words(read));
    counts.add(TestTexts.utf8("two three"));
    read.add(TestTexts.utf8("two three"));
    assertEquals(words(counts), words(read));
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** In their order. */
  private static Map<String, Long> words(WordCounts counts) {
    return IntStream.range(0, counts.distinctWords())
        .boxed()
        .collect(
            Collectors.toMap(
                word -> new String(counts.word(word), UTF_8),
                counts::count,
                Long::sum,
                LinkedHashMap::new));
  }
}
