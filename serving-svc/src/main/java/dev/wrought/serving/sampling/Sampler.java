package dev.wrought.serving.sampling;

import java.util.random.RandomGenerator;

/**
 * Chooses the next token of a text.
 *
 * <p>One sampler serves one generation, from one thread at a time, so it may keep state between
 * calls. It must take all its chance from the generator that it is handed: then the same seed
 * writes the same text.
 */
@FunctionalInterface
public interface Sampler {

  /**
   * The next token.
   *
   * @param logits how much the model favours each token of the vocabulary; valid during the call
   * @param history the prompt and what was written so far; valid during the call
   * @param random the generation's source of chance
   * @return an id from 0 to below {@code logits.size()}; any other ends the request with an error
   */
  int sample(Logits logits, TokenHistory history, RandomGenerator random);
}
