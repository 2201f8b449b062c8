package dev.wrought.tokenizer.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MinHashTest {
  /** Of 40 pairs the mean error is a sixth of one's: 0.044 at most. */
  @Test
  void signature_ofPairs_estimatesTheirSimilarity() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int changed : new int[] {0, 2, 10, 40}) {
      double error = 0;
      for (int pair = 0; pair < 40; pair++) {
        List<String> one = words(random, 400);
        List<String> other = new ArrayList<>(one);
        for (int i = 0; i < changed; i++) {
          other.set(random.nextInt(other.size()), "changed" + random.nextInt());
        }
        error += estimate(text(one), text(other)) - jaccard(one, other);
      }
      assertEquals(0, error / 40, 0.035, "seed " + seed + ", changed " + changed);
    }
  }

  @Test
  void signature_caseAndPunctuation_doNotMatter() {
    assertArrayEquals(
        signature("The cat, the dog and -- 2 birds!"),
        signature("the CAT\n the\tdog (and) 2 birds"));
    assertFalse(similar("the cat and the dog ate", "the dog and the cat ate"));
  }

  @Test
  void signature_shortTexts_areComparedWhole() {
    assertTrue(similar("one two", "One, two."));
    assertFalse(similar("one two", "one three"));
    assertFalse(similar("one", "one one"));
  }

  @Test
  void signature_scriptsWithoutSpaces_areComparedByCharacter() {
    String one =
        "\u4eca\u65e5\u306f\u5929\u6c17\u304c\u826f\u3044\u3067\u3059\u306d"; // 7 runs of five
    String other = one + "\u5c71\u3078\u884c\u3053\u3046"; // 12, of which 7 the same
    assertEquals(7.0 / 12, estimate(one, other), 0.15);
  }

  @Test
  void signature_ofNoWords_isLikeNoOther() {
    assertEquals(0, signature(" -- !\n").length);
    NearDuplicates seen = new NearDuplicates(0.5);
    assertFalse(seen.hasSeen(signature("--")));
    assertFalse(seen.hasSeen(signature("--")));
  }

  @Test
  void hasSeen_similarOnes_areFoundFromTheThresholdOn() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    NearDuplicates seen = new NearDuplicates(0.8);
    int found = 0;
    for (int document = 0; document < 1000; document++) {
      List<String> words = words(random, 300);
      assertFalse(seen.hasSeen(signature(text(words))), "seed " + seed);
      words.set(150, "changed"); // five of 296 runs are others: a similarity of 0.967
      found += seen.hasSeen(signature(text(words))) ? 1 : 0;
      for (int i = 0; i < 100; i++) {
        words.set(random.nextInt(words.size()), "changed" + i);
      }
      assertFalse(seen.hasSeen(signature(text(words))), "seed " + seed);
    }
    assertTrue(found > 995, "seed " + seed + ", found " + found);
  }

  @Test
  void bandValues_anyThreshold_findWhatIsJustSimilarEnough() {
    for (double threshold = 0.05; threshold < 1; threshold += 0.05) {
      int values = NearDuplicates.bandValues(threshold);
      assertTrue(NearDuplicates.found(threshold, values) >= 0.95, "" + threshold);
      assertTrue(NearDuplicates.found(threshold, values + 1) < 0.95, "" + threshold);
    }
    assertEquals(MinHash.VALUES, NearDuplicates.bandValues(1));
  }

  private static boolean similar(String one, String other) {
    NearDuplicates seen = new NearDuplicates(0.8);
    seen.hasSeen(signature(one));
    return seen.hasSeen(signature(other));
  }

  private static double estimate(String one, String other) {
    int[] a = signature(one);
    int[] b = signature(other);
    int equal = 0;
    for (int i = 0; i < a.length; i++) {
      equal += a[i] == b[i] ? 1 : 0;
    }
    return (double) equal / a.length;
  }

  private static double jaccard(List<String> one, List<String> other) {
    Set<List<String>> all = new HashSet<>(runs(one));
    all.addAll(runs(other));
    Set<List<String>> common = new HashSet<>(runs(one));
    common.retainAll(runs(other));
    return (double) common.size() / all.size();
  }

  private static Set<List<String>> runs(List<String> words) {
    Set<List<String>> runs = new HashSet<>();
    for (int i = 0; i + 5 <= words.size(); i++) {
      runs.add(List.copyOf(words.subList(i, i + 5)));
    }
    return runs;
  }

  private static List<String> words(Random random, int count) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      words.add("word" + random.nextInt(5000));
    }
    return words;
  }

  private static String text(List<String> words) {
    return String.join(" ", words);
  }

  private static int[] signature(String text) {
    return MinHash.signature(text.getBytes(UTF_8));
  }
}
