package dev.wrought.tokenizer.corpus;

import static dev.wrought.tokenizer.corpus.Filters.KEPT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class C4FilterTest extends DocumentFilterContract {
  private static final String PAGE =
      "The cat sat on the mat. It was warm there.\nNobody knew where it came from!\n";

  private final DocumentFilter filter = Filters.of(factory(), "{}");

  @Override
  DocumentFilterFactory factory() {
    return new C4FilterFactory();
  }

  @Override
  List<String> interesting() {
    return List.of(PAGE, PAGE + "Home | About | Contact\n", "int x = {1};");
  }

  @Test
  void apply_sentences_stay() {
    assertEquals(PAGE.strip(), Filters.rest(filter, PAGE));
  }

  @Test
  void apply_linesThatAreNoSentences_go() {
    for (String line :
        List.of(
            "Home | About us | Our products | Contact",
            "This one is cut off after some...",
            "Only four words here.",
            "Please enable JavaScript to see this page.",
            "This site uses cookies to know you better.",
            "Read our Privacy Policy before you go on.",
            "")) {
      assertEquals(PAGE.strip(), Filters.rest(filter, line + "\n" + PAGE), line);
      assertEquals(PAGE.strip(), Filters.rest(filter, PAGE + line), line);
    }
  }

  @Test
  void apply_linesThatEndWithAQuote_stay() {
    for (String line :
        List.of("He said to her, \"Hello there.\"", "They call it \u201cthe big one\u201d")) {
      assertEquals(PAGE + line, Filters.rest(filter, PAGE + line), line);
    }
  }

  @Test
  void apply_citationMarkers_areCutOut() {
    assertEquals(
        PAGE + "The town has many old houses[sic] and towers.",
        Filters.rest(
            filter,
            PAGE + "The town[1] has many old houses[sic] and towers[citation needed].[23]"));
  }

  @Test
  void apply_pagesThatBreakARule_areLeftOut() {
    assertEquals("lorem-ipsum", Filters.judge(filter, PAGE + "Lorem Ipsum dolor sit amet here."));
    assertEquals("curly-bracket", Filters.judge(filter, PAGE + "A set {a, b} has two of them."));
    assertEquals("too-few-sentences", Filters.judge(filter, "The cat sat on the mat. It slept."));
    assertEquals("too-few-sentences", Filters.judge(filter, "Home\nAbout\nContact\n"));
  }

  @Test
  void apply_rulesThatAreSwitchedOff_leaveThePage() {
    String page = "Use { and } in JavaScript\nlorem ipsum [1] privacy policy";
    DocumentFilter off =
        Filters.of(
            factory(),
            "{minWordsPerLine: 0, minSentences: 0, terminalPunctuation: false, curlyBrackets: false,"
                + " loremIpsum: false, javascript: false, policies: false, citationMarkers: false}");
    assertEquals(page, Filters.rest(off, page));
    assertEquals(KEPT, Filters.judge(Filters.of(factory(), "{curlyBrackets: false}"), PAGE + "{"));
  }
}
