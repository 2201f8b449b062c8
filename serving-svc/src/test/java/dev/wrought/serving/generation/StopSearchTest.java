package dev.wrought.serving.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StopSearchTest {

  @Test
  void add_textThatMayBeginAStop_isHeldBackUntilItIsClear() {
    StopSearch search = new StopSearch(List.of("END"));
    assertEquals("a", search.add("aE"));
    assertEquals("", search.add("N"));
    assertEquals("ENC", search.add("C"));
    assertEquals("", search.add("E"));
    assertEquals("E", search.rest());
    assertFalse(search.found());
  }

  @Test
  void add_aStop_endsTheTextBeforeIt() {
    StopSearch search = new StopSearch(List.of("\n\n", "END"));
    assertEquals("ab", search.add("ab\n"));
    assertEquals("", search.add("\nEND"));
    assertTrue(search.found());
    assertEquals("", search.add("more"));
  }

  @Test
  void add_aStopThatOverlapsItsOwnBeginning_isFound() {
    StopSearch search = new StopSearch(List.of("aab"));
    assertEquals("", search.add("aa"));
    assertEquals("a", search.add("a"));
    assertEquals("", search.add("b"));
    assertTrue(search.found());
  }

  @Test
  void add_anyTextInAnyPieces_isWhatComesBeforeTheFirstStop() {
    SplittableRandom random = new SplittableRandom(11);
    for (int round = 0; round < 2_000; round++) {
      String text = word(random, random.nextInt(40));
      List<String> stops =
          IntStream.range(0, random.nextInt(4)).mapToObj(i -> word(random, 3)).toList();
      StopSearch search = new StopSearch(stops);
      StringBuilder out = new StringBuilder();
      for (int at = 0; at < text.length() && !search.found(); ) {
        int end = Math.min(text.length(), at + 1);
        out.append(search.add(text.substring(at, end)));
        at = end;
      }
      out.append(search.found() ? "" : search.rest());
      assertEquals(beforeFirst(text, stops), out.toString(), text + " " + stops);
    }
  }

  private static String word(SplittableRandom random, int length) {
    StringBuilder word = new StringBuilder();
    random.ints(length, 'a', 'c').forEach(letter -> word.append((char) letter));
    return word.toString();
  }

  /** Of letters that come one by one, the stop that is complete first ends the text. */
  private static String beforeFirst(String text, List<String> stops) {
    for (int end = 1; end <= text.length(); end++) {
      for (String stop : stops) {
        if (text.substring(0, end).endsWith(stop)) {
          return text.substring(0, end - stop.length());
        }
      }
    }
    return text;
  }
}
