package dev.wrought.core.text;

import static dev.wrought.core.text.TestTexts.utf8;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.fuzz.FuzzTarget;
import dev.wrought.core.fuzz.FuzzedFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Steps of a normalizer, a letter each; what two of them replace, by what; the text that they are
 * applied to; SentencePiece's table of characters.
 */
public final class NormalizerFuzz implements FuzzTarget {
  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] input) {
    new NormalizerFuzz().readOrRefuse(input);
  }

  @Override
  public void read(byte[] input) {
    List<byte[]> files = FuzzedFiles.of(input, 5);
    String found = new String(files.get(1), StandardCharsets.UTF_8);
    String content = new String(files.get(2), StandardCharsets.UTF_8);
    List<Normalizer> steps = new ArrayList<>();
    for (byte letter : files.get(0)) {
      step(letter, found, content, files.get(4)).ifPresent(steps::add);
    }
    Normalizer normalizer = new Normalizer.Sequence(steps);
    byte[] text = files.get(3);
    AlignedText plain = normalizer.apply(AlignedText.of(text, 0, text.length, false));
    check(normalizer.apply(AlignedText.of(text, 0, text.length, true)), plain, text.length);
  }

  private static Optional<Normalizer> step(
      byte letter, String found, String content, byte[] table) {
    return Optional.ofNullable(
        switch (letter) {
          case 'C' -> new Normalizer.Form(java.text.Normalizer.Form.NFC);
          case 'D' -> new Normalizer.Form(java.text.Normalizer.Form.NFD);
          case 'K' -> new Normalizer.Form(java.text.Normalizer.Form.NFKC);
          case 'J' -> new Normalizer.Form(java.text.Normalizer.Form.NFKD);
          case 'l' -> new Normalizer.Lowercase();
          case 'a' -> new Normalizer.StripAccents();
          case 's' -> new Normalizer.Strip(true, true);
          case 'p' -> new Normalizer.Prepend(content);
          case 'x' -> new Normalizer.Prefix(content);
          case 'r' -> new Normalizer.Replace(found, content);
          case 'm' -> new Normalizer.ReplaceMatches(found, content);
          case 't' -> new Normalizer.ByTable(new CharacterMap(table), false);
          case 'g' -> new Normalizer.ByTable(new CharacterMap(table), true);
          default -> null;
        });
  }

  /** The same text, whose bytes come from within the original. */
  private static void check(AlignedText tracked, AlignedText plain, int originalLength) {
    byte[] bytes = Arrays.copyOf(plain.bytes(), plain.length());
    if (!Arrays.equals(bytes, Arrays.copyOf(tracked.bytes(), tracked.length()))) {
      throw new AssertionError("the text is another one where its places are tracked");
    }
    for (int at = 0; at < tracked.length(); at++) {
      int start = tracked.start(at);
      int end = tracked.end(at);
      if (start < 0 || start > end || end > originalLength) {
        throw new AssertionError(
            "byte %d comes from %d to %d of %d".formatted(at, start, end, originalLength));
      }
    }
  }

  @Override
  public Set<ErrorCode> refusals() {
    return Set.of(ErrorCode.CORRUPT_FILE, ErrorCode.FAILED_PRECONDITION);
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(
        FuzzedFiles.joined(
            utf8("CaDlKsJpxrmtg"),
            utf8("a|b"),
            utf8("A\u0301 a"),
            utf8(" ab ba\u0301\uFB01 \u00e9\uD83D\uDE00"),
            TinyCharacterMap.file()));
  }

  @Override
  public List<String> dictionary() {
    return List.of(
        "\u00FF",
        "rr",
        "mm",
        "tg",
        "[^a]",
        "\u00c3\u00a9",
        "\u00cc\u0081",
        "\u00f0\u009f\u0098\u0080");
  }

  @Override
  public List<String> code() {
    return List.of(
        "dev/wrought/core/text/{Normalizer,CharacterMap,AlignedText,Characters}.java",
        "dev/wrought/core/text/{UnicodeNormalization,Utf8,Utf8Classes}.java");
  }
}
