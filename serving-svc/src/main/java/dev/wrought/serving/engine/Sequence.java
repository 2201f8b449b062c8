package dev.wrought.serving.engine;

/**
 * Tokens that the engine computes, and what becomes of their logits. Asked by the engine's thread
 * alone, except for {@link #accept}.
 */
public interface Sequence {

  /** How many places are computed at most: for so many, pages are reserved. */
  int reserved();

  /** How many tokens are known now. */
  int size();

  /** The token at a place. */
  int token(int place);

  /** From which place on logits are wanted. */
  int firstWanted();

  /** False while whoever reads the results does not keep up: then nothing is computed. */
  boolean ready();

  /**
   * Takes the logits behind a place, from any thread, for different places at once. A failure ends
   * the job.
   *
   * @param at where in the array they begin; they hold during the call
   */
  void accept(int place, float[] logits, int at);

  /** All known tokens are computed and their logits accepted. @return whether there are more now */
  boolean advance();
}
