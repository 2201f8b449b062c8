package dev.wrought.core.tokenizer;

/**
 * Words that become tokens without being merged, as tiktoken has it for all of a vocabulary.
 * Immutable once it is filled; then thread-safe.
 */
final class WholeWords {
  private final WordTable words = new WordTable(WordTable.ALL);

  void add(byte[] word, int id) {
    words.add(word, 0, word.length, new int[] {id}, 1);
  }

  /** The word's token; -1 if it is none. */
  int find(byte[] text, int from, int to) {
    int word = words.find(text, from, to);
    return word < 0 ? -1 : words.first(word);
  }
}
