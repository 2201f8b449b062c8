package dev.wrought.serving.sampling;

/** The tokens that the next one follows: the prompt's, then the written ones. A read-only view. */
public interface TokenHistory {

  /** How many tokens there are. */
  int size();

  /** The token at a place, 0 being the prompt's first. */
  int get(int place);

  /** How many of them are the prompt's. */
  int promptSize();
}
