package dev.wrought.tokenizer.corpus;

import dev.wrought.core.config.AtLeast;
import dev.wrought.core.config.AtMost;
import dev.wrought.core.config.Checks;
import dev.wrought.core.config.Default;
import dev.wrought.core.config.Doc;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Leaves out documents that do not look like prose: too short or too long, with odd words, full of
 * symbols, lists or cut-off lines, without the words that English cannot do without.
 *
 * <p>Source: Rae et al. 2021, "Scaling Language Models: Methods, Analysis and Insights from
 * Training Gopher", appendix A.1.1, quality filtering.
 */
final class GopherQualityFilter implements DocumentFilter {
  private static final String BULLETS = "\u2022\u2023\u25E6\u25CF\u25AA*-";
  private static final String ELLIPSIS = "\u2026";

  /** The rules; the defaults are the paper's. Shares are from 0 to 1. */
  record Settings(
      @Doc("Documents with fewer words are left out.") @AtLeast(0) @Default("50") int minWords,
      @Doc("Documents with more words are left out.") @AtLeast(0) @Default("100000") int maxWords,
      @Doc("Characters that words have on average, at least.") @AtLeast(0) @Default("3")
          double minMeanWordLength,
      @Doc("Characters that words have on average, at most.") @AtLeast(0) @Default("10")
          double maxMeanWordLength,
      @Doc("Number signs for every word, and likewise ellipses, at most.")
          @AtLeast(0)
          @Default("0.1")
          double maxSymbolsPerWord,
      @Doc("Share of the lines that may begin with a bullet.")
          @AtLeast(0)
          @AtMost(1)
          @Default("0.9")
          double maxBulletLines,
      @Doc("Share of the lines that may end with an ellipsis.")
          @AtLeast(0)
          @AtMost(1)
          @Default("0.3")
          double maxEllipsisLines,
      @Doc("Share of the words that must have a letter.") @AtLeast(0) @AtMost(1) @Default("0.8")
          double minAlphabeticWords,
      @Doc("How many of stopWords must occur.") @AtLeast(0) @Default("2") int minStopWords,
      @Doc("Words of the language that nearly every text has.")
          @Default("[the, be, to, of, and, that, have, with]")
          List<String> stopWords) {
    Settings {
      stopWords = List.copyOf(stopWords);
      Checks.of(
              Settings.class,
              minWords,
              maxWords,
              minMeanWordLength,
              maxMeanWordLength,
              maxSymbolsPerWord,
              maxBulletLines,
              maxEllipsisLines,
              minAlphabeticWords,
              minStopWords,
              stopWords)
          .that(minWords <= maxWords, "is less than minWords; allowed: no less", "maxWords")
          .that(
              minMeanWordLength <= maxMeanWordLength,
              "is less than minMeanWordLength; allowed: no less",
              "maxMeanWordLength")
          .that(
              minStopWords <= stopWords.size(),
              "is more than there are in stopWords; allowed: at most " + stopWords.size(),
              "minStopWords")
          .done();
    }
  }

  private final Settings settings;
  private final Set<String> stopWords;

  GopherQualityFilter(Settings settings) {
    this.settings = settings;
    this.stopWords = Set.copyOf(settings.stopWords());
  }

  @Override
  public Filtered apply(String path, byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    WordSpans words = WordSpans.of(text);
    int count = words.count();
    if (count < settings.minWords() || count > settings.maxWords()) {
      return Filtered.dropped("word-count");
    }
    double meanLength = (double) words.characters() / Math.max(1, count);
    if (meanLength < settings.minMeanWordLength() || meanLength > settings.maxMeanWordLength()) {
      return Filtered.dropped("mean-word-length");
    }
    long mostSymbols = (long) (settings.maxSymbolsPerWord() * count);
    if (occurrences(text, "#") > mostSymbols
        || occurrences(text, "...") + occurrences(text, ELLIPSIS) > mostSymbols) {
      return Filtered.dropped("symbols");
    }
    if (alphabeticWords(words) < settings.minAlphabeticWords() * count) {
      return Filtered.dropped("alphabetic-words");
    }
    if (!hasStopWords(words)) {
      return Filtered.dropped("stop-words");
    }
    return applyToLines(text, content);
  }

  private Filtered applyToLines(String text, byte[] content) {
    List<String> lines = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    long bullets = lines.stream().filter(line -> BULLETS.indexOf(line.charAt(0)) >= 0).count();
    if (bullets > settings.maxBulletLines() * lines.size()) {
      return Filtered.dropped("bullet-lines");
    }
    long cutOff =
        lines.stream().filter(line -> line.endsWith("...") || line.endsWith(ELLIPSIS)).count();
    return cutOff > settings.maxEllipsisLines() * lines.size()
        ? Filtered.dropped("ellipsis-lines")
        : Filtered.kept(content);
  }

  private static long occurrences(String text, String symbol) {
    long occurrences = 0;
    for (int at = text.indexOf(symbol); at >= 0; at = text.indexOf(symbol, at + symbol.length())) {
      occurrences++;
    }
    return occurrences;
  }

  private static int alphabeticWords(WordSpans words) {
    int alphabetic = 0;
    for (int word = 0; word < words.count(); word++) {
      int at = words.start(word);
      while (at < words.end(word) && !Character.isLetter(words.text().codePointAt(at))) {
        at++;
      }
      alphabetic += at < words.end(word) ? 1 : 0;
    }
    return alphabetic;
  }

  private boolean hasStopWords(WordSpans words) {
    Set<String> found = new HashSet<>();
    for (int word = 0; word < words.count() && found.size() < settings.minStopWords(); word++) {
      String lower = words.word(word).toLowerCase(Locale.ROOT);
      if (stopWords.contains(lower)) {
        found.add(lower);
      }
    }
    return found.size() >= settings.minStopWords();
  }
}
