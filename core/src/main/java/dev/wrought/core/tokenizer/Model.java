package dev.wrought.core.tokenizer;

import java.util.function.Supplier;

/**
 * What turns words into tokens: the heart of a tokenizer, as data. Immutable; what encodes with it
 * is made for each thread.
 */
sealed interface Model permits BpeModel, UnigramModel {
  /** As messages and lists name it: bpe, unigram. */
  String name();

  /** A token as files have it, by id; ids without one give nothing. */
  TokenList tokens();

  /** What a token stands for. */
  byte[] bytes(int id);

  /** How many merges it knows; none if it is not of that kind. */
  int merges();

  /** Makes what encodes words, one for each thread; what they share is made here, once. */
  Supplier<WordModel> wordModels();
}
