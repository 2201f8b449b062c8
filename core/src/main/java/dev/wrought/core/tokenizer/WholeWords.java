package dev.wrought.core.tokenizer;

import java.util.Arrays;

/**
 * Words that become tokens without being merged, as tiktoken has it for all of a vocabulary.
 * Immutable once it is filled; then thread-safe.
 */
final class WholeWords {
  private final WordIndex index = new WordIndex();
  private int[] ids = new int[64];

  void add(byte[] word, int id) {
    int number = index.add(word, 0, word.length);
    if (number == ids.length) {
      ids = Arrays.copyOf(ids, 2 * number);
    }
    ids[number] = id;
  }

  /** The word's token; -1 if it is none. */
  int find(byte[] text, int from, int to) {
    int number = index.find(text, from, to);
    return number < 0 ? -1 : ids[number];
  }
}
