package dev.wrought.core.text;

import static dev.wrought.core.text.TestTexts.utf8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NormalizerTest {
  @ParameterizedTest
  @EnumSource
  void form_anyText_isWhatTheJdkMakesOfAllOfIt(java.text.Normalizer.Form form) {
    long seed = 2;
    Random random = new Random(seed);
    Normalizer normalizer = new Normalizer.Form(form);
    for (int round = 0; round < 5_000; round++) {
      String text = round % 2 == 0 ? TestTexts.random(random) : TestTexts.randomCodePoints(random);
      assertEquals(
          java.text.Normalizer.normalize(text, form), applied(normalizer, text), "seed " + seed);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NFC", "NFKD"})
  void combines_saysNo_onlyOfCharactersThatNothingBeforeThemChanges(
      java.text.Normalizer.Form form) {
    String[] before = {"a", "가", "ᄀ", "\u0301\u0315", "か", "\u09C7", "\u0DD9\u0DCF", "𑄱"};
    for (String each : before) {
      String alone = java.text.Normalizer.normalize(each, form);
      for (int c = 0; c < CodePoints.END; c++) {
        c = c == CodePoints.EMPTY_FROM ? CodePoints.EMPTY_TO : c;
        if (isOfInterest(c) && !UnicodeNormalization.combines(c)) {
          String character = Character.toString(c);
          String both = java.text.Normalizer.normalize(each + character, form);
          boolean divided = both.equals(alone + java.text.Normalizer.normalize(character, form));
          assertTrue(divided, "U+%04X after %s".formatted(c, each));
        }
      }
    }
  }

  /** Neither unassigned, private nor a surrogate, nor one of many thousand that are all alike. */
  private static boolean isOfInterest(int c) {
    String category = UnicodeSets.category(c);
    boolean hangul = c >= 0xAC00 && c <= 0xD7A3;
    return !category.startsWith("C") && !Character.isIdeographic(c) && !hangul;
  }

  @Test
  void apply_bytesThatAreNotUtf8_stayAsTheyAre() {
    byte[] broken = {'A', (byte) 0xFF, (byte) 0xC3, ' ', (byte) 0xE2, (byte) 0x96};
    for (Normalizer normalizer :
        List.of(
            new Normalizer.Form(java.text.Normalizer.Form.NFKC),
            new Normalizer.StripAccents(),
            new Normalizer.Strip(true, true),
            new Normalizer.Replace("B", "C"))) {
      AlignedText text = normalizer.apply(AlignedText.of(broken, 0, broken.length, false));
      assertArrayEquals(broken, Arrays.copyOf(text.bytes(), text.length()), normalizer.toString());
    }
  }

  @Test
  void apply_tracked_knowsWhereEverythingComesFrom() {
    byte[] text = utf8("..  ÄB");
    AlignedText part = AlignedText.of(text, 2, text.length, true);
    AlignedText changed =
        new Normalizer.Sequence(
                List.of(
                    new Normalizer.Strip(true, true),
                    new Normalizer.Lowercase(),
                    new Normalizer.Prepend("_")))
            .apply(part);
    assertEquals("_äb", new String(changed.bytes(), 0, changed.length(), StandardCharsets.UTF_8));
    assertEquals(4, changed.start(0));
    assertEquals(6, changed.end(0));
    assertEquals(4, changed.start(1));
    assertEquals(6, changed.end(2));
    assertEquals(6, changed.start(3));
    assertEquals(7, changed.end(3));
  }

  @Test
  void apply_stepsThatEachDoubleTheText_areRefusedBeforeTheyTakeAllMemory() {
    List<Normalizer> steps = Collections.nCopies(60, new Normalizer.Replace("a", "aa"));
    assertEquals("a".repeat(1 << 16), applied(new Normalizer.Sequence(steps.subList(0, 16)), "a"));
    WroughtException refused =
        assertThrows(WroughtException.class, () -> applied(new Normalizer.Sequence(steps), "a"));
    assertEquals(ErrorCode.FAILED_PRECONDITION, refused.code());
  }

  @Test
  void characterMap_longestEntry_isReplaced() {
    CharacterMap map = new CharacterMap(TinyCharacterMap.file());
    Normalizer normalizer = new Normalizer.ByTable(map, false);
    assertEquals("xyzc xyz axyz", applied(normalizer, "abc ab aab"));
    assertEquals("", applied(normalizer, ""));
    assertEquals("ba", applied(normalizer, "ba"));
  }

  @Test
  void characterMap_damaged_isRefused() {
    byte[] file = TinyCharacterMap.file();
    for (int length : new int[] {0, 3, 4, 7}) {
      assertThrows(WroughtException.class, () -> new CharacterMap(Arrays.copyOf(file, length)));
    }
    for (int unit : new int[] {TinyCharacterMap.ROOT, TinyCharacterMap.A, TinyCharacterMap.B}) {
      byte[] damaged = file.clone();
      damaged[4 + 4 * unit + 3] = 0x7F;
      Normalizer normalizer = new Normalizer.ByTable(new CharacterMap(damaged), false);
      WroughtException refused =
          assertThrows(WroughtException.class, () -> applied(normalizer, "ab"));
      assertTrue(String.valueOf(refused.getMessage()).contains("beyond its end"));
    }
  }

  private static String applied(Normalizer normalizer, String text) {
    byte[] bytes = utf8(text);
    AlignedText changed = normalizer.apply(AlignedText.of(bytes, 0, bytes.length, false));
    return new String(changed.bytes(), 0, changed.length(), StandardCharsets.UTF_8);
  }
}
