package dev.wrought.core.text;

import static dev.wrought.core.text.TestTexts.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine finds what the JDK's backtracking one finds. */
class RegexTest {
  private static final String[] ATOMS = {
    "a",
    "b",
    "\\s",
    "[ab]",
    "[^a]",
    ".",
    "\\p{L}",
    "\\p{N}",
    "\\S",
    "(?:ab|a)",
    "(?:b|ba|)",
    "é",
    "(?i:b)",
    "[\\p{L}&&[^b]]",
    "(?=a)",
    "(?!\\S)",
    "\\z"
  };

  private static final String[] QUANTIFIERS = {
    "", "", "", "?", "*", "+", "{2}", "{1,3}", "??", "*?", "+?"
  };

  @Test
  void find_randomPatternsAndTexts_asBacktracking() {
    long seed = 31;
    Random random = new Random(seed);
    for (int round = 0; round < 1_500; round++) {
      String pattern = randomPattern(random);
      String text = randomText(random);
      assertEquals(
          byJdk(pattern, text),
          matches(new Regex(pattern), text),
          () -> "seed %d, pattern %s, text '%s'".formatted(seed, pattern, text));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}++|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*+|\\s++\\z|\\s*[\\r\\n]|\\s+(?!\\S)|\\s",
        "\\p{N}{1,3}|[一-龥぀-ゟ゠-ヿ]+",
        "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
        "[^\\r\\n\\p{L}\\p{N}]?(?:\\p{L}\\p{M}*(?: \\p{L}\\p{M}*)*)+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]?|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+",
        " ?[^(\\s|.,!?…。，、।۔،)]+",
        "[\\p{P}\\$\\+<=>\\^~\\|`]+"
      })
  void find_patternsOfFamilies_asBacktracking(String pattern) {
    Regex regex = new Regex(pattern);
    long seed = 8;
    Random random = new Random(seed);
    for (int round = 0; round < 5_000; round++) {
      String text = round % 2 == 0 ? TestTexts.random(random) : TestTexts.randomCodePoints(random);
      assertEquals(byJdk(pattern, text), matches(regex, text), () -> "seed " + seed);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"(?:a+)+b", "(?:a|a)*b", "(?:a*)*c|a", "(?:a?){50}a{50}b"})
  void find_patternThatMakesBacktrackingExplode_takesAsManyStepsAsThereAreBytes(String pattern) {
    byte[] text = new byte[2_000_000];
    Arrays.fill(text, (byte) 'a');
    Regex regex = new Regex(pattern);
    boolean found = regex.find(text, 0, text.length);
    assertEquals(pattern.endsWith("|a"), found);
  }

  @Test
  void find_matchesThatEachNeedTheWholeText_areRefusedInsteadOfTakingForever() {
    Regex regex = new Regex("a.*b|a");
    assertEquals(900, matches(regex, "a".repeat(900)).size());
    assertEquals(900, matches(regex, "a".repeat(900)).size());
    WroughtException refused =
        assertThrows(WroughtException.class, () -> matches(regex, "a".repeat(20_000)));
    assertEquals(ErrorCode.FAILED_PRECONDITION, refused.code());
  }

  @Test
  void find_bytesThatAreNotUtf8_areInNegatedSetsOnly() {
    byte[] text = {'a', (byte) 0xFF, (byte) 0xC3, 'b'};
    Regex negated = new Regex("[^\\s\\p{L}]+");
    assertTrue(negated.find(text, 0, text.length));
    assertEquals(1, negated.matchStart());
    assertEquals(3, negated.matchEnd());
    assertEquals(List.of("a", "b"), matches(new Regex("\\p{L}|\\p{S}|\\p{Co}"), text));
  }

  @Test
  void find_moreStatesThanAreKept_startsAnew() {
    StringBuilder pattern = new StringBuilder();
    for (int i = 0; i < 16; i++) {
      pattern.append("[ab]");
    }
    String wide = "a" + pattern + "c";
    Random random = new Random(4);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 90_000; i++) {
      text.append((char) ('a' + random.nextInt(2)));
    }
    text.append('c');
    assertEquals(byJdk(wide, text.toString()), matches(new Regex(wide), text.toString()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?<=a)b",
        "^a",
        "\\bb",
        "(a)\\1",
        "(?>a)",
        "(?=ab)c",
        "(?:ab)*+",
        "[a",
        "[[:alpha:]]",
        "(a",
        "a)",
        "*a",
        "a{3,1}",
        "a{9999}",
        "\\p{Nonsense}",
        "\\p",
        "[b-a]",
        "\\x{110000}",
        "\\q",
        "\\"
      })
  void parse_whatIsNotSupported_isRefusedWithItsPlace(String pattern) {
    WroughtException refused =
        assertThrows(WroughtException.class, () -> RegexParser.parse(pattern));
    assertEquals(ErrorCode.FAILED_PRECONDITION, refused.code());
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains("of the pattern " + pattern), message);
  }

  @Test
  void parse_nestedTooDeep_isRefused() {
    assertThrows(WroughtException.class, () -> RegexParser.parse("(".repeat(100_000)));
    assertThrows(WroughtException.class, () -> RegexParser.parse("[".repeat(60_000)));
    assertThrows(WroughtException.class, () -> RegexProgram.compile("(?:(?:a{1000}){1000}){1000}"));
  }

  @Test
  void parse_quantifiersOnOneAnother_areRefusedBeforeTheStackOverflows() {
    assertEquals(List.of("aa"), matches(new Regex("(?:a{2}){1}{1}"), "aaa"));
    assertThrows(WroughtException.class, () -> new Regex("a" + "*".repeat(8_000)));
    String nested = "(?:".repeat(99) + "a" + "****)".repeat(99) + "b";
    assertEquals(List.of("aab"), matches(new Regex(nested), "aab"));
  }

  @Test
  void compile_repetitionsOfNothing_areRefusedInsteadOfCounted() {
    assertEquals(List.of("a"), matches(new Regex("(?:){1000}a"), "a"));
    assertThrows(
        WroughtException.class, () -> new Regex("(?:(?:(?:(?:){1000}){1000}){1000}){1000}a"));
  }

  @Test
  void find_possessiveQuantifiers_giveNothingBack() {
    for (String pattern : List.of("a++a?b", "a*+[^b]|b", "a?+a", "a?+b", "a*+(?=b)")) {
      for (String text : List.of("", "b", "ab", "aab", "aaab", "aaaab", "aac", "aaaaaa")) {
        assertEquals(byJdk(pattern, text), matches(new Regex(pattern), text), pattern);
      }
    }
  }

  @Test
  void find_patternOfThousandsOfCharacters_isWithinBounds() {
    StringBuilder all = new StringBuilder();
    for (int codePoint = 0x4E00; codePoint < 0x4E00 + 4_000; codePoint++) {
      all.appendCodePoint(codePoint);
    }
    assertEquals(List.of(all.toString()), matches(new Regex(all.toString()), "中" + all + "中"));
  }

  @Test
  void parse_ignoringCase_takesWhatDiffersInCaseOnly() {
    assertEquals(
        List.of("sSſ", "kK\u212A", "ǆǅǄ", "中"),
        matches(new Regex("(?i:sS\u017F|[a-z]{3}|\u01C4{3}|中)"), "sSſ1kK\u212A1ǆǅǄ1中"));
  }

  private static String randomPattern(Random random) {
    StringBuilder pattern = new StringBuilder();
    for (int i = random.nextInt(5); i >= 0; i--) {
      String atom = ATOMS[random.nextInt(ATOMS.length)];
      boolean looks = atom.startsWith("(?=") || atom.startsWith("(?!") || atom.equals("\\z");
      pattern.append(atom).append(looks ? "" : QUANTIFIERS[random.nextInt(QUANTIFIERS.length)]);
      pattern.append(random.nextInt(4) == 0 ? "|" : "");
    }
    return pattern.toString();
  }

  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(14); i >= 0; i--) {
      text.append("aabb 1éB\n".charAt(random.nextInt(9)));
    }
    return text.toString();
  }

  private static List<String> matches(Regex regex, String text) {
    return matches(regex, utf8(text));
  }

  private static List<String> matches(Regex regex, byte[] text) {
    List<String> matches = new ArrayList<>();
    int at = 0;
    while (regex.find(text, at, text.length)) {
      matches.add(
          new String(
              text,
              regex.matchStart(),
              regex.matchEnd() - regex.matchStart(),
              StandardCharsets.UTF_8));
      at = regex.matchEnd();
    }
    return matches;
  }

  /** Without the empty matches; where one is preferred, another is looked for one character on. */
  private static List<String> byJdk(String pattern, String text) {
    String translated =
        pattern
            .replace("(?i:", "(?iu:")
            .replace("\\s", "\\p{IsWhite_Space}")
            .replace("\\S", "\\P{IsWhite_Space}");
    Matcher matcher = Pattern.compile(translated, Pattern.UNIX_LINES).matcher(text);
    List<String> matches = new ArrayList<>();
    while (matcher.find()) {
      if (!matcher.group().isEmpty()) {
        matches.add(matcher.group());
      }
    }
    return matches;
  }
}
