package dev.wrought.tokenizer.corpus;

import static dev.wrought.tokenizer.corpus.Filters.KEPT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.WroughtException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The limits are the paper's: each is tried on both of its sides. */
class GopherQualityFilterTest extends DocumentFilterContract {
  /** Ten words, 40 characters, two stop words. */
  private static final String LINE = "the words that this line of text holds here\n";

  private final DocumentFilter filter = Filters.of(factory(), "{}");

  @Override
  DocumentFilterFactory factory() {
    return new GopherQualityFilterFactory();
  }

  @Override
  List<String> interesting() {
    return List.of("short", LINE.repeat(20));
  }

  @Test
  void apply_prose_isKept() {
    assertEquals(KEPT, Filters.judge(filter, LINE.repeat(20)));
  }

  @Test
  void apply_wordCount_isFrom50To100000() {
    assertEquals("word-count", Filters.judge(filter, "the words of and ".repeat(12) + "one"));
    assertEquals(KEPT, Filters.judge(filter, "the words of and ".repeat(12) + "one two"));
    assertEquals(KEPT, Filters.judge(filter, "the words of and ".repeat(25_000)));
    assertEquals("word-count", Filters.judge(filter, "the words of and ".repeat(25_000) + "one"));
  }

  @Test
  void apply_meanWordLength_isFrom3To10() {
    assertEquals("mean-word-length", Filters.judge(filter, "to of an if ".repeat(20)));
    assertEquals(KEPT, Filters.judge(filter, "the and ".repeat(40)));
    String tens = "withwithwi and1234567 the1234567 ".repeat(30);
    assertEquals("stop-words", Filters.judge(filter, tens));
    assertEquals("mean-word-length", Filters.judge(filter, tens + "one-of-eleven-and-more"));
  }

  @Test
  void apply_symbols_areAtMostOneInTenWords() {
    String words = LINE.repeat(11) + "one"; // 100 words
    for (String symbol : List.of("#", "...", "\u2026")) {
      assertEquals(KEPT, Filters.judge(filter, words + symbol.repeat(10)), symbol);
      assertEquals("symbols", Filters.judge(filter, words + symbol.repeat(11)), symbol);
    }
  }

  @Test
  void apply_alphabeticWords_areAtLeastFourInFive() {
    assertEquals(KEPT, Filters.judge(filter, "the words that are 1234 ".repeat(20)));
    assertEquals(
        "alphabetic-words", Filters.judge(filter, "the words that are 1234 ".repeat(20) + "5678"));
  }

  @Test
  void apply_stopWords_areAtLeastTwoDifferentOnes() {
    assertEquals("stop-words", Filters.judge(filter, "the word, the other word ".repeat(20)));
    assertEquals(KEPT, Filters.judge(filter, "The word, the other word ".repeat(20) + "AND"));
  }

  @Test
  void apply_bulletLines_areAtMostNineInTen() {
    assertEquals(KEPT, Filters.judge(filter, ("- " + LINE).repeat(9) + LINE));
    assertEquals("bullet-lines", Filters.judge(filter, ("\u2022 " + LINE).repeat(10)));
  }

  @Test
  void apply_ellipsisLines_areAtMostThreeInTen() {
    String cutOff = LINE.strip() + "...\n";
    assertEquals(KEPT, Filters.judge(filter, cutOff.repeat(3) + LINE.repeat(7)));
    assertEquals("ellipsis-lines", Filters.judge(filter, cutOff.repeat(4) + LINE.repeat(6)));
  }

  @Test
  void create_settings_areThoseGiven() {
    DocumentFilter own =
        Filters.of(factory(), "{minWords: 2, stopWords: [der, die], minStopWords: 1}");
    assertEquals(KEPT, Filters.judge(own, "die Katze"));
    assertEquals("word-count", Filters.judge(own, "die"));
    assertFails("{minWords: 10, maxWords: 9}", "maxWords: is less than minWords");
    assertFails("{stopWords: [der]}", "minStopWords: is more than there are in stopWords");
    assertFails("{minWrods: 10}", "did you mean \"minWords\"?");
  }

  private void assertFails(String settings, String inMessage) {
    WroughtException refused =
        assertThrows(WroughtException.class, () -> Filters.of(factory(), settings));
    assertTrue(String.valueOf(refused.getMessage()).contains(inMessage), refused.getMessage());
  }
}
