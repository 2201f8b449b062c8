package dev.wrought.core.text;

import static dev.wrought.core.text.TestTexts.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void count_runsOfOtherThanWhiteSpace() {
    assertEquals(0, Words.count(utf8("")));
    assertEquals(0, Words.count(utf8(" \t\r\n\u3000")));
    assertEquals(1, Words.count(utf8("word")));
    assertEquals(4, Words.count(utf8("  a, b--c\u00a0d\n\u2003é ")));
  }
}
