package dev.wrought.tokenizer.corpus;

import dev.wrought.core.config.AtLeast;
import dev.wrought.core.config.AtMost;
import dev.wrought.core.config.Checks;
import dev.wrought.core.config.Default;
import dev.wrought.core.config.Doc;
import dev.wrought.core.config.Size;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Leaves out documents that repeat themselves, by lines, paragraphs or runs of n words. What came
 * before is a duplicate, its first occurrence is not; characters are those of words, and counted
 * once however many runs they belong to.
 *
 * <p>Source: Rae et al. 2021, "Scaling Language Models: Methods, Analysis and Insights from
 * Training Gopher", appendix A.1.1, repetition removal, table A1.
 */
record GopherRepetitionFilter(Settings settings) implements DocumentFilter {
  private static final int SHORTEST_TOP = 2;
  private static final int SHORTEST_DUPLICATE = 5;
  private static final Pattern BLANK_LINES = Pattern.compile("\\n\\s*\\n");

  /** The highest shares, from 0 to 1, of what is repeated; the defaults are the paper's. */
  record Settings(
      @Doc("Of the lines.") @AtLeast(0) @AtMost(1) @Default("0.3") double duplicateLines,
      @Doc("Of the paragraphs.") @AtLeast(0) @AtMost(1) @Default("0.3") double duplicateParagraphs,
      @Doc("Of the characters, by lines.") @AtLeast(0) @AtMost(1) @Default("0.2")
          double duplicateLineCharacters,
      @Doc("Of the characters, by paragraphs.") @AtLeast(0) @AtMost(1) @Default("0.2")
          double duplicateParagraphCharacters,
      @Doc("Of the characters, by the most frequent run of 2, 3 and 4 words.")
          @Size(min = 3, max = 3)
          @AtLeast(0)
          @AtMost(1)
          @Default("[0.2, 0.18, 0.16]")
          List<Double> topRuns,
      @Doc("Of the characters, by all runs of 5, 6, 7, 8, 9 and 10 words.")
          @Size(min = 6, max = 6)
          @AtLeast(0)
          @AtMost(1)
          @Default("[0.15, 0.14, 0.13, 0.12, 0.11, 0.1]")
          List<Double> duplicateRuns) {
    Settings {
      topRuns = List.copyOf(topRuns);
      duplicateRuns = List.copyOf(duplicateRuns);
      Checks.of(
              Settings.class,
              duplicateLines,
              duplicateParagraphs,
              duplicateLineCharacters,
              duplicateParagraphCharacters,
              topRuns,
              duplicateRuns)
          .done();
    }
  }

  @Override
  public Filtered apply(String path, byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    return brokenByParts(text)
        .or(() -> brokenByRuns(WordRuns.of(text)))
        .map(Filtered::dropped)
        .orElseGet(() -> Filtered.kept(content));
  }

  private Optional<String> brokenByParts(String text) {
    Repeated lines = Repeated.of(text.lines());
    if (lines.parts() > settings.duplicateLines()) {
      return Optional.of("duplicate-lines");
    }
    if (lines.characters() > settings.duplicateLineCharacters()) {
      return Optional.of("duplicate-line-characters");
    }
    Repeated paragraphs = Repeated.of(Arrays.stream(BLANK_LINES.split(text)));
    if (paragraphs.parts() > settings.duplicateParagraphs()) {
      return Optional.of("duplicate-paragraphs");
    }
    return paragraphs.characters() > settings.duplicateParagraphCharacters()
        ? Optional.of("duplicate-paragraph-characters")
        : Optional.empty();
  }

  private Optional<String> brokenByRuns(WordRuns runs) {
    for (int i = 0; i < settings.topRuns().size(); i++) {
      int words = SHORTEST_TOP + i;
      if (runs.topShare(words) > settings.topRuns().get(i)) {
        return Optional.of("top-%d-gram".formatted(words));
      }
    }
    for (int i = 0; i < settings.duplicateRuns().size(); i++) {
      int words = SHORTEST_DUPLICATE + i;
      if (runs.duplicateShare(words) > settings.duplicateRuns().get(i)) {
        return Optional.of("duplicate-%d-grams".formatted(words));
      }
    }
    return Optional.empty();
  }

  /** Shares of the parts that came before, and of their characters. */
  private record Repeated(double parts, double characters) {
    static Repeated of(Stream<String> parts) {
      Set<String> seen = new HashSet<>();
      long[] counts = new long[4]; // parts, characters, and those of duplicates
      parts
          .map(String::strip)
          .filter(part -> !part.isEmpty())
          .forEach(part -> {
            int duplicate = seen.add(part) ? 0 : 1;
            counts[0]++;
            counts[1] += part.length();
            counts[2] += duplicate;
            counts[3] += (long) duplicate * part.length();
          });
      return new Repeated(
          (double) counts[2] / Math.max(1, counts[0]), (double) counts[3] / Math.max(1, counts[1]));
    }
  }
}
