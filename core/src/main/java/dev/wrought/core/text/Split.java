package dev.wrought.core.text;

import java.util.Optional;

/**
 * A rule for cutting text into words: at what, and what becomes of that.
 *
 * @param pattern of the delimiters, in Oniguruma's syntax; families whose words have no delimiters
 *     give the pattern of the words themselves, isolated
 * @param invert whether what lies between matches is the delimiter
 */
public record Split(String pattern, SplitBehavior behavior, boolean invert) {
  /** One punctuation character, as Hugging Face's library understands it. */
  public static final String PUNCTUATION = "[\\p{P}$+<=>^`|~]";

  private static final String WORD = "\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\x{200C}\\x{200D}";

  /** Words, and what is neither they nor white space. */
  public static final String WORDS = "[" + WORD + "]+|[^" + WORD + "\\s]+";

  /** Every match is a word, and so is what lies between. */
  public static Split isolated(String pattern) {
    return new Split(pattern, SplitBehavior.ISOLATED, false);
  }

  /** GPT-2's words. */
  public static Split gpt2() {
    return isolated(WordPattern.GPT2.pattern());
  }

  /** The words of GPT-4 and LLaMA 3. */
  public static Split cl100k() {
    return isolated(WordPattern.CL100K.pattern());
  }

  /** The words of Qwen 2 and 3. */
  public static Split qwen2() {
    return isolated(WordPattern.QWEN2.pattern());
  }

  /** GPT-4o's words. */
  public static Split o200k() {
    return isolated(WordPattern.O200K.pattern());
  }

  /**
   * Checks the pattern, which is otherwise seen when the first text is cut.
   *
   * @throws dev.wrought.core.error.WroughtException FAILED_PRECONDITION for a pattern that is not
   *     supported
   */
  public void check() {
    if (WordPattern.of(pattern).isEmpty() && byHand().isEmpty()) {
      RegexProgram.compile(pattern);
    }
  }

  /**
   * What cuts by this rule: written by hand for the patterns that are known and for runs of
   * characters, else by the pattern.
   *
   * @throws dev.wrought.core.error.WroughtException FAILED_PRECONDITION for a pattern that is not
   *     supported
   */
  public Splitter splitter() {
    Optional<WordPattern> words = WordPattern.of(pattern);
    boolean wordsOnly =
        invert ? behavior == SplitBehavior.REMOVED : behavior == SplitBehavior.ISOLATED;
    if (words.isPresent() && wordsOnly) {
      return words.get().splitter();
    }
    return byHand().orElseGet(() -> new PatternSplitter(new Regex(pattern), behavior, invert));
  }

  /** In these cases it does not matter which are the delimiters. */
  private Optional<Splitter> byHand() {
    return switch (behavior) {
      case ISOLATED ->
          GroupSplitter.of(pattern).or(() -> RunSplitter.of(RegexParser.parse(pattern)));
      case CONTIGUOUS -> RunSplitter.ofContiguous(RegexParser.parse(pattern));
      case REMOVED, MERGED_WITH_PREVIOUS, MERGED_WITH_NEXT -> Optional.empty();
    };
  }
}
