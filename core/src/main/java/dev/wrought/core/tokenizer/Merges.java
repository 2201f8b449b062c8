package dev.wrought.core.tokenizer;

/** The merges of a model: listed in its file, or following from its tokens. Thread-safe. */
sealed interface Merges permits MergeList, RankedMerges, ReachedMerges {
  /** All of them, in the order of their ranks. */
  MergeList list();

  /** All of them, to be looked up. */
  MergeTable table();
}
