package dev.wrought.core.tokenizer;

import dev.wrought.core.text.Split;

/** A step between the normalizer and the model: it cuts text into words, or marks their spaces. */
sealed interface PreTokenizer {
  /** Cuts by a rule. */
  record Cut(Split split) implements PreTokenizer {}

  /** Cuts by a rule that sees bytes as the {@link ByteAlphabet} writes them. */
  record CutWritten(Split split) implements PreTokenizer {}

  /** Puts a space before a piece that does not begin with one, as ByteLevel may. */
  record PrefixSpace() implements PreTokenizer {}

  /**
   * Writes spaces as a mark, which SentencePiece does so that words know where they begin.
   *
   * @param split whether each mark begins a word
   */
  record MarkSpaces(String mark, Prepend prepend, boolean split) implements PreTokenizer {
    /** Where a piece gets a mark that does not begin with one. */
    enum Prepend {
      ALWAYS,

      /** At the beginning of the whole text only. */
      FIRST,
      NEVER
    }
  }
}
