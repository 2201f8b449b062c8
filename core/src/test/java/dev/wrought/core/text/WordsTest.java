package dev.wrought.core.text;

import static dev.wrought.core.text.TestTexts.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void count_runsOfOtherThanWhiteSpace() {
    assertEquals(0, Words.count(utf8("")));
    assertEquals(0, Words.count(utf8(" \t\r\n\u3000")));
    assertEquals(1, Words.count(utf8("word")));
    assertEquals(4, Words.count(utf8("  a, b--c\u00a0d\n\u2003é ")));
  }

  /** Against a plain reading, over all lengths around eight and characters of all kinds. */
  @Test
  void count_anyText_isThatOfAPlainReading() {
    String characters = " \t\n\u000b\f\r\u001c\u001f!a~\u007f\u0085\u00a0\u2003é€𝄞";
    int[] alphabet = characters.codePoints().toArray();
    Random random = new Random(7);
    for (int round = 0; round < 2000; round++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(40); length > 0; length--) {
        boolean ascii = random.nextInt(8) > 0;
        text.appendCodePoint(alphabet[random.nextInt(ascii ? 12 : alphabet.length)]);
      }
      assertEquals(
          plainCount(text.toString()), Words.count(utf8(text.toString())), "seed 7: " + text);
    }
  }

  private static long plainCount(String text) {
    return Pattern.compile("[^\\t-\\r\\x{85}\\p{Z}]+").matcher(text).results().count();
  }
}
