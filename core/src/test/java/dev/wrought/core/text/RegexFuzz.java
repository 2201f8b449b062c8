package dev.wrought.core.text;

import static dev.wrought.core.text.TestTexts.utf8;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.fuzz.FuzzTarget;
import dev.wrought.core.fuzz.FuzzedFiles;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A pattern, and the text in which it is looked for, and which it cuts. */
public final class RegexFuzz implements FuzzTarget {
  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] input) {
    new RegexFuzz().readOrRefuse(input);
  }

  @Override
  public void read(byte[] input) {
    List<byte[]> files = FuzzedFiles.of(input, 2);
    String pattern = new String(files.get(0), StandardCharsets.UTF_8);
    byte[] text = files.get(1);
    findAll(new Regex(pattern), text);
    SplitBehavior[] behaviors = SplitBehavior.values();
    SplitBehavior behavior = behaviors[text.length % behaviors.length];
    cut(new Split(pattern, behavior, pattern.length() % 2 == 0).splitter(), text);
  }

  private static void findAll(Regex regex, byte[] text) {
    for (int at = 0; regex.find(text, at, text.length); at = regex.matchEnd()) {
      check(at <= regex.matchStart(), "a match begins before it is looked for");
      check(regex.matchStart() < regex.matchEnd(), "a match is empty");
      check(regex.matchEnd() <= text.length, "a match ends after the text");
    }
  }

  private static void cut(Splitter splitter, byte[] text) {
    splitter.begin();
    for (int at = 0; at < text.length; ) {
      int next = splitter.next(text, at, text.length);
      int end = next < 0 ? ~next : next;
      check(at < end && end <= text.length, "a word is from " + at + " to " + end);
      at = end;
    }
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  @Override
  public Set<ErrorCode> refusals() {
    return Set.of(ErrorCode.FAILED_PRECONDITION);
  }

  @Override
  public List<byte[]> seeds() {
    return Stream.of(
            "(?:ab|a*?|[^\\x{61}-c&&\\w[\\d]])+?$",
            "\\p{Lu}{2,3}+(?=\\u0020)|(?i:s)\\z",
            "'s| ?[^\\s']++(?!\\S)|\\s+")
        .map(
            pattern -> FuzzedFiles.joined(utf8(pattern), utf8("The cat's 12 aaab\u00e9\n  \0strA")))
        .toList();
  }

  @Override
  public List<String> dictionary() {
    return List.of(
        "(?:",
        "(?i:",
        "(?=",
        "(?!",
        "(?<=",
        "\\p{L}",
        "\\P{^Lu}",
        "\\p{Han}",
        "[^",
        "&&",
        "]",
        "{1,3}",
        "{0,1000}",
        "{1000}",
        "*+",
        "++",
        "?+",
        "}+",
        "\\z",
        "\\s",
        "\\S",
        "\\w",
        "\\d",
        "\\x{10FFFF}",
        "\\u0041",
        "\u00FF");
  }

  @Override
  public List<String> code() {
    return List.of(
        "dev/wrought/core/text/Regex*.java",
        "dev/wrought/core/text/{CodePoints,UnicodeSets,Split,PatternSplitter,RunSplitter}.java");
  }
}
