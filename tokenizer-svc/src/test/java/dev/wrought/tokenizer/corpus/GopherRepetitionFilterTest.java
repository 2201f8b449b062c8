package dev.wrought.tokenizer.corpus;

import static dev.wrought.tokenizer.corpus.Filters.KEPT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GopherRepetitionFilterTest extends DocumentFilterContract {
  private final DocumentFilter filter = Filters.of(factory(), "{}");

  @Override
  DocumentFilterFactory factory() {
    return new GopherRepetitionFilterFactory();
  }

  @Override
  List<String> interesting() {
    return List.of(lines(0, 10), "again\n".repeat(10), "ha ".repeat(100));
  }

  @Test
  void apply_textWithoutRepetition_isKept() {
    assertEquals(KEPT, Filters.judge(filter, lines(0, 100)));
    assertEquals(KEPT, Filters.judge(filter, ""));
    assertEquals(KEPT, Filters.judge(filter, "one"));
  }

  /** Duplicates are short, so that of the rules only the one on their number is broken. */
  @Test
  void apply_lines_mayBeDuplicatesInThreeOfTen() {
    assertEquals(KEPT, Filters.judge(filter, lines(0, 6) + "a\n".repeat(4)));
    assertEquals("duplicate-lines", Filters.judge(filter, lines(0, 5) + "a\n".repeat(5)));
    assertEquals(
        "duplicate-paragraphs",
        Filters.judge(
            Filters.of(factory(), "{duplicateLines: 1}"),
            paragraphs(lines(0, 5) + "a\n".repeat(5))));
  }

  @Test
  void apply_characters_mayBeThoseOfDuplicatesInOneOfFive() {
    String twice = "x".repeat(40) + "\n";
    assertEquals(KEPT, Filters.judge(filter, lines(0, 10) + twice.repeat(2)));
    assertEquals("duplicate-line-characters", Filters.judge(filter, lines(0, 3) + twice.repeat(2)));
  }

  /** Lines with others within, of which only the paragraph recurs. */
  @Test
  void apply_paragraphs_areDividedByBlankLines() {
    String recurring = lines(50, 52);
    String text = lines(0, 4) + "\n" + recurring + " \n" + lines(10, 14) + "\n" + recurring;
    DocumentFilter paragraphsOnly =
        Filters.of(
            factory(), "{duplicateLines: 1, duplicateLineCharacters: 1, duplicateParagraphs: 0.2}");
    assertEquals("duplicate-paragraphs", Filters.judge(paragraphsOnly, text));
    assertEquals(
        "duplicate-paragraph-characters",
        Filters.judge(
            Filters.of(
                factory(),
                "{duplicateLines: 1, duplicateLineCharacters: 1, duplicateParagraphCharacters: 0.1}"),
            text));
  }

  @Test
  void apply_mostFrequentRun_hasItsShareByItsLength() {
    for (int n = 2; n <= 4; n++) {
      String run =
          IntStream.range(0, n).mapToObj(i -> "run" + i + " ").collect(Collectors.joining());
      StringBuilder text = new StringBuilder(words(0, 30));
      for (int i = 0; i < 8; i++) {
        text.append(run).append("other").append(i).append(' ');
      }
      assertEquals("top-" + n + "-gram", Filters.judge(onlyTop(n), text.toString()));
      assertEquals(KEPT, Filters.judge(onlyTop(n), words(0, 200) + text));
    }
  }

  @Test
  void apply_overlappingRuns_countOnce() {
    // Of seven words "ha ha" takes six, however many times it can be read in them.
    assertEquals(6.0 / 7, WordRuns.of("ha ha ha ha ha ha ha").topShare(2));
    assertEquals(0, WordRuns.of("a b c d").topShare(2));
    assertEquals(0, WordRuns.of("").topShare(2));
  }

  @Test
  void apply_duplicateRuns_countTheirCharactersOnce() {
    // The second half comes before, word for word; its runs of five overlap.
    String half = words(0, 20);
    assertEquals(0.5, WordRuns.of(half + half).duplicateShare(5));
    assertEquals(0, WordRuns.of(words(0, 40)).duplicateShare(5));
    for (int n = 5; n <= 10; n++) {
      assertEquals(
          "duplicate-" + n + "-grams",
          Filters.judge(onlyDuplicate(n), words(0, 20) + words(0, 20)));
      assertEquals(KEPT, Filters.judge(onlyDuplicate(n), words(0, n - 1) + words(0, n - 1)));
    }
  }

  @Test
  void add_manyLongs_areNumberedAsTheyCome() {
    LongIndex index = new LongIndex(1000);
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 1000; i++) {
        assertEquals(i, index.add(i << 20));
      }
    }
    assertEquals(1000, index.size());
  }

  private DocumentFilter onlyTop(int n) {
    List<Double> shares = IntStream.rangeClosed(2, 4).mapToObj(i -> i == n ? 0.2 : 1.0).toList();
    return Filters.of(
        factory(), "{topRuns: %s, duplicateRuns: [1, 1, 1, 1, 1, 1]}".formatted(shares));
  }

  private DocumentFilter onlyDuplicate(int n) {
    List<Double> shares = IntStream.rangeClosed(5, 10).mapToObj(i -> i == n ? 0.1 : 1.0).toList();
    return Filters.of(factory(), "{topRuns: [1, 1, 1], duplicateRuns: %s}".formatted(shares));
  }

  private static String lines(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "line%d has words%d of its%d own%d\n".formatted(i, i, i, i))
        .collect(Collectors.joining());
  }

  private static String paragraphs(String lines) {
    return lines.replace("\n", "\n\n");
  }

  private static String words(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "word" + i + " ").collect(Collectors.joining());
  }
}
