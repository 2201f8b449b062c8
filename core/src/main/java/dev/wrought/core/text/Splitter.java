package dev.wrought.core.text;

/**
 * Cuts UTF-8 text into words, which tokens never cross. Each family of tokenizers has rules of its
 * own, which it gives as a pattern; a splitter says the same by hand, in one pass and without
 * backtracking.
 *
 * <p>Bytes that are not UTF-8 are neither letters, numbers nor space, one by one. For one thread:
 * some remember what they found ahead.
 */
@FunctionalInterface
public interface Splitter {
  /**
   * Where the word that begins at {@code from} ends. Words are asked for one after the other.
   *
   * @param to end of the text, above from
   * @return above from; the complement of that, which is negative, if the word is to be left out
   */
  int next(byte[] text, int from, int to);

  /**
   * Where words end in what follows, for a splitter that finds many at once: a bit for each place
   * from {@code from} on, which is itself the end of a word or of nothing.
   *
   * @return 0 where {@link #next} has to be asked
   */
  default long ends(byte[] text, int from, int to) {
    return 0;
  }

  /** Makes it ready for another text. */
  default void begin() {}
}
