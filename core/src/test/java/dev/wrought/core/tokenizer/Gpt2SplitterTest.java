package dev.wrought.core.tokenizer;

import static dev.wrought.core.tokenizer.TestTokenizers.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class Gpt2SplitterTest {
  private static final Pattern GPT2 =
      Pattern.compile(
          "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\p{IsWhite_Space}\\p{L}\\p{N}]+"
              + "|\\p{IsWhite_Space}+(?!\\P{IsWhite_Space})|\\p{IsWhite_Space}+");
  private static final String[] PIECES = {
    "a", "Z", "é", "ß", "中", "ア", "𐐀", "ʰ", "1", "٣", "²", "Ⅷ", "𝟘", " ", " ", "\t", "\n", "\r\n",
    "\u00a0", "\u2003", "\u3000", "\u0085", "\u001c", "'", "'s", "'t", "'re", "'ve", "'m", "'ll",
    "'d", "'l", "'S", ".", "—", "😀", "\u0301", "\u0000", "\u200b", "\ufeff", "_"
  };

  @Test
  void next_randomText_cutsAsThePatternDoes() {
    long seed = 20_251;
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(12); i >= 0; i--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      assertEquals(byPattern(text.toString()), words(utf8(text.toString())), "seed " + seed);
    }
  }

  @Test
  void next_randomCodePoints_cutsAsThePatternDoes() {
    long seed = 99;
    Random random = new Random(seed);
    for (int round = 0; round < 5_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 8; i++) {
        int codePoint = random.nextInt(random.nextBoolean() ? 0x3100 : 0x110000);
        if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
          text.appendCodePoint(codePoint).append(random.nextInt(3) == 0 ? " " : "");
        }
      }
      assertEquals(byPattern(text.toString()), words(utf8(text.toString())), "seed " + seed);
    }
  }

  @Test
  void next_bytesThatAreNotUtf8_areCoveredOneAfterTheOther() {
    long seed = 7;
    Random random = new Random(seed);
    byte[] text = new byte[4096];
    for (int round = 0; round < 200; round++) {
      random.nextBytes(text);
      int at = 0;
      while (at < text.length) {
        int end = Gpt2Splitter.next(text, at, text.length);
        assertEquals(true, end > at && end <= text.length, "seed " + seed);
        at = end;
      }
    }
  }

  @Test
  void next_characterCutByTheEnd_isNotReadBeyond() {
    byte[] text = utf8("xé");
    assertEquals(1, Gpt2Splitter.next(text, 0, 2));
    assertEquals(2, Gpt2Splitter.next(text, 1, 2));
  }

  private static List<String> words(byte[] text) {
    List<String> words = new ArrayList<>();
    int at = 0;
    while (at < text.length) {
      int end = Gpt2Splitter.next(text, at, text.length);
      words.add(new String(text, at, end - at, StandardCharsets.UTF_8));
      at = end;
    }
    return words;
  }

  private static List<String> byPattern(String text) {
    List<String> words = new ArrayList<>();
    Matcher matcher = GPT2.matcher(text);
    while (matcher.find()) {
      words.add(matcher.group());
    }
    return words;
  }
}
