package dev.wrought.core.tokenizer;

/**
 * Cuts UTF-8 text into words, which tokens never cross. Each family of tokenizers has rules of its
 * own, which it gives as a pattern; a splitter says the same by hand, in one pass and without
 * backtracking. Stateless and thread-safe.
 *
 * <p>Bytes that are not UTF-8 are neither letters, numbers nor space, one by one.
 */
@FunctionalInterface
interface Splitter {
  /**
   * Where the word that begins at {@code from} ends.
   *
   * @param to end of the text, above from
   */
  int next(byte[] text, int from, int to);
}
