package dev.wrought.core.tokenizer;

/**
 * What turns words into tokens: the heart of a tokenizer, as data. Immutable; what encodes with it
 * is made for each thread.
 */
sealed interface Model permits BpeModel, UnigramModel {
  /** As messages and lists name it: bpe, unigram. */
  String name();

  /** A token as files have it, by id; ids without one give nothing. */
  TokenList tokens();

  /** How many merges it knows; none if it is not of that kind. */
  int merges();

  /** What encodes words; one for each thread. */
  WordModel wordModel();
}
