package dev.wrought.core.text;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The families' patterns of words for which there is a splitter written by hand; the words of each
 * cover all of a text. In them \s is Unicode's White_Space, and letters fold as Unicode says.
 */
public enum WordPattern {
  /** GPT-2, r50k, p50k, StarCoder after its digits, and most that name no pattern. */
  GPT2(
      Gpt2Splitter::new,
      "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+"),

  /** GPT-4, LLaMA 3. */
  CL100K(
      () -> new Cl100kSplitter(3),
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
          + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"),

  /** Qwen 2, 2.5 and 3. */
  QWEN2(
      () -> new Cl100kSplitter(1),
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}"
          + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"),

  /** GPT-4o. */
  O200K(
      O200kSplitter::new,
      "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
          + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
          + "|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"),

  /** Jais 2. */
  JAIS2(
      Jais2Splitter::new,
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
          + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s{512}(?!\\S)|\\s{256}(?!\\S)"
          + "|\\s{128}(?!\\S)|\\s{64}(?!\\S)|\\s{32}(?!\\S)|\\s{16}(?!\\S)|\\s{8}(?!\\S)"
          + "|\\s{4}(?!\\S)|\\s{1,2}(?!\\S)|\\s{1}");

  private final Supplier<Splitter> splitter;
  private final String pattern;

  WordPattern(Supplier<Splitter> splitter, String pattern) {
    this.splitter = splitter;
    this.pattern = pattern;
  }

  /** The one that is written so. */
  static Optional<WordPattern> of(String pattern) {
    return Arrays.stream(values()).filter(each -> each.pattern.equals(pattern)).findFirst();
  }

  /** One for one thread. */
  Splitter splitter() {
    return splitter.get();
  }

  /** As a {@link Split} is written that isolates them. */
  public String pattern() {
    return pattern;
  }
}
