package dev.wrought.core.tokenizer;

/**
 * What was dropped of word counts so that they fit in memory.
 *
 * @param words distinct ones; one that came back and was dropped again counts again
 * @param occurrences of these words
 * @param floor no dropped word had occurred more often by then; 0 if none was dropped
 */
public record PrunedWords(long words, long occurrences, long floor) {
  /** Nothing was dropped. */
  public static final PrunedWords NONE = new PrunedWords(0, 0, 0);

  /** Both together. */
  public PrunedWords plus(PrunedWords other) {
    return new PrunedWords(
        words + other.words, occurrences + other.occurrences, Math.max(floor, other.floor));
  }
}
