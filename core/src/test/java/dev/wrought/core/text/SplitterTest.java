package dev.wrought.core.text;

import static dev.wrought.core.text.TestTexts.utf8;
import static dev.wrought.core.text.TestTexts.words;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each splitter cuts as its family's pattern does, by the JDK's backtracking engine. */
class SplitterTest {
  private static final Map<WordPattern, Pattern> PATTERNS = new EnumMap<>(WordPattern.class);

  @ParameterizedTest
  @EnumSource
  void next_randomText_cutsAsThePatternDoes(WordPattern family) {
    assertCutsAsThePattern(family, 20_251, 40_000, TestTexts::random);
  }

  @ParameterizedTest
  @EnumSource
  void next_longText_isCutInBlocksAsThePatternDoes(WordPattern family) {
    assertCutsAsThePattern(family, 64, 20_000, TestTexts::randomLong);
  }

  @ParameterizedTest
  @EnumSource
  void next_longWhiteSpace_isCutAsThePatternDoes(WordPattern family) {
    assertCutsAsThePattern(family, 512, 300, TestTexts::randomSpaces);
  }

  @ParameterizedTest
  @EnumSource
  void next_partsOfAText_areCutByThemselves(WordPattern family) {
    long seed = 65;
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      byte[] text = utf8(TestTexts.randomLong(random));
      int cut = Characters.before(text, 0, 1 + random.nextInt(text.length));
      Splitter splitter = family.splitter();
      List<Integer> ends = new ArrayList<>(ends(splitter, text, 0, cut));
      ends.addAll(ends(splitter, text, cut, text.length));
      List<Integer> apart =
          new ArrayList<>(ends(family.splitter(), Arrays.copyOf(text, cut), 0, cut));
      byte[] rest = Arrays.copyOfRange(text, cut, text.length);
      ends(family.splitter(), rest, 0, rest.length).forEach(end -> apart.add(cut + end));
      assertEquals(apart, ends, "seed " + seed);
    }
  }

  private static List<Integer> ends(Splitter splitter, byte[] text, int from, int to) {
    List<Integer> ends = new ArrayList<>();
    for (int at = from; at < to; ) {
      at = splitter.next(text, at, to);
      ends.add(at);
    }
    return ends;
  }

  @ParameterizedTest
  @EnumSource
  void next_randomCodePoints_cutsAsThePatternDoes(WordPattern family) {
    assertCutsAsThePattern(family, 99, 10_000, TestTexts::randomCodePoints);
  }

  private static void assertCutsAsThePattern(
      WordPattern family, long seed, int rounds, Function<Random, String> texts) {
    Random random = new Random(seed);
    for (int round = 0; round < rounds; round++) {
      String text = texts.apply(random);
      assertEquals(byPattern(family, text), words(family.splitter(), utf8(text)), "seed " + seed);
    }
  }

  @ParameterizedTest
  @EnumSource
  void next_bytesThatAreNotUtf8_areCoveredOneAfterTheOther(WordPattern family) {
    long seed = 7;
    Random random = new Random(seed);
    byte[] text = new byte[4096];
    for (int round = 0; round < 200; round++) {
      random.nextBytes(text);
      Splitter splitter = family.splitter();
      int at = 0;
      while (at < text.length) {
        int end = splitter.next(text, at, text.length);
        assertTrue(end > at && end <= text.length, "seed " + seed);
        at = end;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\p{N}",
        "\\p{N}+",
        "\\p{N}{1,3}",
        "[0-9][0-9][0-9]",
        "[0-9]{3}",
        "[\\r\\n]",
        "\\s?\\p{L}+",
        "\\s?\\p{P}+",
        "\\s?[!-/:-~\u3000-。]+",
        "[一-龥ࠀ-一가-\uD7FF]+",
        "[\\p{P}$+<=>^~|`]+"
      })
  void next_runsOfCharacters_asThePattern(String pattern) {
    Splitter runs = Split.isolated(pattern).splitter();
    Splitter byPattern = new PatternSplitter(new Regex(pattern), SplitBehavior.ISOLATED, false);
    long seed = 13;
    Random random = new Random(seed);
    for (int round = 0; round < 3_000; round++) {
      byte[] text =
          utf8(round % 2 == 0 ? TestTexts.random(random) : TestTexts.randomCodePoints(random));
      assertEquals(words(byPattern, text), words(runs, text), "seed " + seed);
      random.nextBytes(text);
      assertEquals(words(byPattern, text), words(runs, text), "seed " + seed);
    }
  }

  @Test
  void next_characterCutByTheEnd_isNotReadBeyond() {
    byte[] text = utf8("xé");
    assertEquals(1, new Gpt2Splitter().next(text, 0, 2));
    assertEquals(2, new Gpt2Splitter().next(text, 1, 2));
  }

  private static Pattern compiled(WordPattern family) {
    return Pattern.compile(
        family
            .pattern()
            .replace("(?i:", "(?iu:")
            .replace("\\s", "\\p{IsWhite_Space}")
            .replace("\\S", "\\P{IsWhite_Space}"));
  }

  private static List<String> byPattern(WordPattern family, String text) {
    List<String> words = new ArrayList<>();
    Matcher matcher = PATTERNS.computeIfAbsent(family, SplitterTest::compiled).matcher(text);
    while (matcher.find()) {
      words.add(matcher.group());
    }
    return words;
  }
}
