package dev.wrought.core.text;

import dev.wrought.core.text.AlignedText.Rewriting;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Changes text before it is cut into words, so that what means the same looks the same. Data, as
 * tokenizers' files have it; stateless and thread-safe.
 *
 * <p>Bytes that are not UTF-8 stay as they are.
 */
public sealed interface Normalizer {
  /** Leaves text as it is. */
  Normalizer NONE = new Sequence(List.of());

  /** The text as it is from now on. */
  AlignedText apply(AlignedText text);

  /** What is done to the names of added tokens that are looked for in normalized text. */
  default Normalizer ofTokens() {
    return this;
  }

  /** Whether it never changes anything. */
  default boolean isNone() {
    return this instanceof Sequence(List<Normalizer> steps)
        && steps.stream().allMatch(Normalizer::isNone);
  }

  /** One after the other. */
  record Sequence(List<Normalizer> steps) implements Normalizer {
    public Sequence {
      steps = List.copyOf(steps);
    }

    @Override
    public AlignedText apply(AlignedText text) {
      AlignedText changed = text;
      for (Normalizer step : steps) {
        changed = step.apply(changed);
      }
      return changed;
    }

    @Override
    public Normalizer ofTokens() {
      return new Sequence(steps.stream().map(Normalizer::ofTokens).toList());
    }
  }

  /** A Unicode normalization form. Source: Unicode Standard Annex 15. */
  record Form(java.text.Normalizer.Form form) implements Normalizer {
    @Override
    public AlignedText apply(AlignedText text) {
      return new UnicodeNormalization(form).apply(text);
    }
  }

  /** Small letters for capitals, character by character. */
  record Lowercase() implements Normalizer {
    @Override
    public AlignedText apply(AlignedText text) {
      return Characters.replaced(text, Lowercase::lowered);
    }

    private static Optional<String> lowered(int codePoint) {
      String character = Character.toString(codePoint);
      return Optional.of(character.toLowerCase(Locale.ROOT)).filter(l -> !l.equals(character));
    }
  }

  /** Without combining marks. */
  record StripAccents() implements Normalizer {
    @Override
    public AlignedText apply(AlignedText text) {
      return Characters.replaced(
          text, c -> UnicodeSets.category(c).startsWith("M") ? Optional.of("") : Optional.empty());
    }
  }

  /** Without the white space at its ends. */
  record Strip(boolean left, boolean right) implements Normalizer {
    @Override
    public AlignedText apply(AlignedText text) {
      int from = left ? Characters.spaceEnd(text.bytes(), 0, text.length()) : 0;
      int to = right ? Characters.spaceStart(text.bytes(), from, text.length()) : text.length();
      if (from == 0 && to == text.length()) {
        return text;
      }
      Rewriting result = text.rewriting();
      result.copy(from, to);
      return result.done();
    }
  }

  /** With something before it, unless it is empty. */
  record Prepend(String content) implements Normalizer {
    @Override
    public AlignedText apply(AlignedText text) {
      if (text.isEmpty()) {
        return text;
      }
      Rewriting result = text.rewriting();
      result.insert(content.getBytes(StandardCharsets.UTF_8), 0);
      result.copy(0, text.length());
      return result.done();
    }
  }

  /**
   * The same as SentencePiece has it: a text gets something before it also where it begins with an
   * added token, of which itself {@link #ofTokens} makes no other.
   */
  record Prefix(String content) implements Normalizer {
    @Override
    public AlignedText apply(AlignedText text) {
      return new Prepend(content).apply(text);
    }

    @Override
    public Normalizer ofTokens() {
      return NONE;
    }
  }

  /** Another text for each occurrence of one. */
  record Replace(String found, String content) implements Normalizer {
    @Override
    public AlignedText apply(AlignedText text) {
      byte[] wanted = found.getBytes(StandardCharsets.UTF_8);
      byte[] replacement = content.getBytes(StandardCharsets.UTF_8);
      Rewriting result = text.rewriting();
      int copied = 0;
      int at = 0;
      while (wanted.length > 0 && at + wanted.length <= text.length()) {
        int end = at + wanted.length;
        if (text.bytes()[at] == wanted[0]
            && Arrays.equals(text.bytes(), at, end, wanted, 0, wanted.length)) {
          result.copy(copied, at);
          result.replace(replacement, at, end);
          copied = end;
          at = end;
        } else {
          at++;
        }
      }
      if (copied == 0) {
        return text;
      }
      result.copy(copied, text.length());
      return result.done();
    }
  }

  /** Another text for each match of a pattern in Oniguruma's syntax. */
  record ReplaceMatches(String pattern, String content) implements Normalizer {
    public ReplaceMatches {
      RegexProgram.compile(pattern);
    }

    @Override
    public AlignedText apply(AlignedText text) {
      Regex regex = new Regex(pattern);
      byte[] replacement = content.getBytes(StandardCharsets.UTF_8);
      Rewriting result = text.rewriting();
      int copied = 0;
      while (copied < text.length() && regex.find(text.bytes(), copied, text.length())) {
        result.copy(copied, regex.matchStart());
        result.replace(replacement, regex.matchStart(), regex.matchEnd());
        copied = regex.matchEnd();
      }
      if (copied == 0) {
        return text;
      }
      result.copy(copied, text.length());
      return result.done();
    }
  }

  /**
   * By SentencePiece's table of what becomes of which characters.
   *
   * @param byGrapheme as Hugging Face's library looks characters up, by grapheme and else one by
   *     one; SentencePiece itself takes the longest entry that fits
   */
  record ByTable(CharacterMap table, boolean byGrapheme) implements Normalizer {
    @Override
    public AlignedText apply(AlignedText text) {
      return byGrapheme ? table.applyByGrapheme(text) : table.applyLongest(text);
    }
  }
}
