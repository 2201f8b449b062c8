package dev.wrought.trainer.objective;

import java.util.random.RandomGenerator;

/**
 * Turns raw text, as tokens, into what the model reads and what it has to answer. Thread-safe and
 * without state: all chance comes from the generator, which is seeded by the sample's number, so
 * that a resumed run sees the same sequences.
 */
@FunctionalInterface
public interface Objective {
  /**
   * Makes one sequence.
   *
   * @param raw {@code contextLength + 1} tokens in the order of the text, with an end-of-text token
   *     after each document; to be left as they are
   * @return as many inputs and targets as the context has
   */
  Sequence sequence(int[] raw, RandomGenerator random);
}
