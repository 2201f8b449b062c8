package dev.wrought.core.tokenizer;

import static dev.wrought.core.text.TestTexts.utf8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WordIndexTest {
  @Test
  void add_wordsOfAllLengths_areNumberedAsFirstMet() {
    long seed = 23;
    Random random = new Random(seed);
    WordIndex index = new WordIndex();
    List<String> distinct = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      String word = Integer.toString(random.nextInt(2_000)).repeat(random.nextInt(6) + 1);
      if (!distinct.contains(word)) {
        distinct.add(word);
      }
      byte[] text = utf8("<" + word + ">");
      assertEquals(distinct.indexOf(word), index.add(text, 1, text.length - 1), "seed " + seed);
    }
    assertEquals(distinct.size(), index.size());
    assertArrayEquals(utf8(distinct.getLast()), index.word(index.size() - 1));
    assertEquals(distinct.stream().mapToInt(String::length).sum(), index.totalBytes());
  }

  @Test
  void add_sameWordAtTheEndOfAnArrayAndWithin_isOneWord() {
    WordIndex index = new WordIndex();
    assertEquals(0, index.add(utf8("abc"), 0, 3));
    assertEquals(0, index.add(utf8("..abc........"), 2, 5));
    assertEquals(1, index.add(utf8("abc\0"), 0, 4));
  }
}
