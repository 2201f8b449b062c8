package dev.wrought.core.tokenizer;

/** Turns words into tokens, one after the other. For one thread. */
interface WordModel {
  /** Encodes a word. @return how many tokens it has */
  int encode(byte[] text, int from, int to);

  /** The tokens of the last word: the first ones, as many as {@link #encode} said. */
  int[] ids();

  /** Where each token of the last word ends in its text: the first ones, as many as there are. */
  int[] ends();
}
