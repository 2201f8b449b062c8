package dev.wrought.core.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnicodeSetsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "L", "Lu", "Lm", "M", "Mn", "N", "Nd", "P", "Pd", "Po", "S", "Sm", "Sc", "Z", "Zs", "C",
        "Cn", "Co", "Cf"
      })
  void named_category_isTheJdks(String name) {
    assertEqual(UnicodeSets.named(name).orElseThrow(), "\\p{" + name + "}");
  }

  @Test
  void named_scriptsAndProperties_areTheJdks() {
    assertEqual(UnicodeSets.named("Han").orElseThrow(), "\\p{IsHan}");
    assertEqual(UnicodeSets.named("greek").orElseThrow(), "\\p{IsGreek}");
    assertEqual(UnicodeSets.named("Alphabetic").orElseThrow(), "\\p{IsAlphabetic}");
    assertEqual(UnicodeSets.WHITE_SPACE, "\\p{IsWhite_Space}");
    assertTrue(UnicodeSets.named("Nonsense").isEmpty());
    assertTrue(UnicodeSets.named("").isEmpty());
  }

  @Test
  void ofAnyCase_isWhatUnicodeCaseFoldsTo() {
    for (String letters : new String[] {"s", "k", "é", "σ", "ß", "1"}) {
      CodePoints set = UnicodeSets.ofAnyCase(CodePoints.of(letters.codePointAt(0)));
      assertEqual(set, "(?iu:" + letters + ")");
    }
  }

  @Test
  void operations_onRanges_areThoseOfSets() {
    CodePoints a = CodePoints.range(10, 20).or(CodePoints.range(30, 40));
    CodePoints b = CodePoints.range(15, 35);
    for (int c = 0; c < 60; c++) {
      boolean inA = (c >= 10 && c <= 20) || (c >= 30 && c <= 40);
      boolean inB = c >= 15 && c <= 35;
      assertEquals(inA, a.contains(c));
      assertEquals(inA || inB, a.or(b).contains(c));
      assertEquals(inA && inB, a.and(b).contains(c));
      assertEquals(!inA, a.not().contains(c));
    }
    assertEquals(2, CodePoints.range(10, 20).or(CodePoints.range(21, 40)).bounds().length);
  }

  private static void assertEqual(CodePoints set, String pattern) {
    var matches = Pattern.compile(pattern).asMatchPredicate();
    for (int c = 0; c < CodePoints.END; c++) {
      int codePoint = c;
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        assertEquals(
            matches.test(Character.toString(c)),
            set.contains(c),
            () -> "U+%04X of %s".formatted(codePoint, pattern));
      }
    }
  }
}
