package dev.wrought.tokenizer.corpus;

import dev.wrought.core.config.AtLeast;
import dev.wrought.core.config.Default;
import dev.wrought.core.config.Doc;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Cleans web pages by the rules that made C4: lines that are no sentences go, pages with too little
 * left are left out. Not here: the list of bad words, the language, repeated spans of three
 * sentences. As in the authors' program, a line that ends with three dots does not end a sentence.
 *
 * <p>Source: Raffel et al. 2020, "Exploring the Limits of Transfer Learning with a Unified
 * Text-to-Text Transformer", section 2.2.
 */
record C4Filter(Settings settings) implements DocumentFilter {
  private static final String STOPS = ".!?";
  private static final String QUOTES = "\"\u201d";
  private static final String TERMINAL = STOPS + QUOTES;
  private static final Pattern CITATION = Pattern.compile("\\[(?:\\d*|edit|citation needed)]");
  private static final List<String> POLICY =
      List.of(
          "terms of use",
          "privacy policy",
          "cookie policy",
          "uses cookies",
          "use of cookies",
          "use cookies");

  /** The rules; the defaults are the paper's. */
  record Settings(
      @Doc("Lines with fewer words go.") @AtLeast(0) @Default("5") int minWordsPerLine,
      @Doc("Pages with fewer sentences left are left out.") @AtLeast(0) @Default("3")
          int minSentences,
      @Doc("Lines that end without . ! ? or a closing quote go.") @Default("true")
          boolean terminalPunctuation,
      @Doc("Pages with a { or } are left out: they hold code.") @Default("true")
          boolean curlyBrackets,
      @Doc("Pages with \"lorem ipsum\" are left out.") @Default("true") boolean loremIpsum,
      @Doc("Lines that speak of JavaScript go.") @Default("true") boolean javascript,
      @Doc("Lines about cookies, privacy and terms of use go.") @Default("true") boolean policies,
      @Doc("[1], [edit] and [citation needed] are cut out.") @Default("true")
          boolean citationMarkers) {}

  @Override
  public Filtered apply(String path, byte[] content) {
    String page = new String(content, StandardCharsets.UTF_8);
    if (settings.curlyBrackets() && (page.indexOf('{') >= 0 || page.indexOf('}') >= 0)) {
      return Filtered.dropped("curly-bracket");
    }
    if (settings.loremIpsum() && page.toLowerCase(Locale.ROOT).contains("lorem ipsum")) {
      return Filtered.dropped("lorem-ipsum");
    }
    List<String> lines = page.lines().map(this::clean).filter(this::isWanted).toList();
    if (lines.stream().mapToInt(C4Filter::sentences).sum() < settings.minSentences()) {
      return Filtered.dropped("too-few-sentences");
    }
    return Filtered.kept(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }

  private String clean(String line) {
    return settings.citationMarkers() && line.indexOf('[') >= 0
        ? CITATION.matcher(line).replaceAll("").strip()
        : line.strip();
  }

  private boolean isWanted(String line) {
    if (settings.terminalPunctuation() && !endsSentence(line)) {
      return false;
    }
    if (WordSpans.of(line).count() < settings.minWordsPerLine()) {
      return false;
    }
    String lower = line.toLowerCase(Locale.ROOT);
    return !(settings.javascript() && lower.contains("javascript"))
        && !(settings.policies() && POLICY.stream().anyMatch(lower::contains));
  }

  private static boolean endsSentence(String line) {
    return !line.isEmpty()
        && TERMINAL.indexOf(line.charAt(line.length() - 1)) >= 0
        && !line.endsWith("...");
  }

  /** Ends of sentences: . ! or ?, perhaps a closing quote, and white space or the line's end. */
  private static int sentences(String line) {
    int sentences = 0;
    for (int i = 0; i < line.length(); i++) {
      if (STOPS.indexOf(line.charAt(i)) >= 0) {
        int next = i + 1;
        while (next < line.length() && QUOTES.indexOf(line.charAt(next)) >= 0) {
          next++;
        }
        if (next == line.length() || Character.isWhitespace(line.charAt(next))) {
          sentences++;
        }
      }
    }
    return sentences;
  }
}
