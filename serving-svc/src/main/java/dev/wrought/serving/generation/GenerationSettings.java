package dev.wrought.serving.generation;

import java.util.List;

/**
 * What is to be written.
 *
 * @param prompt the tokens that the text goes on from, at least one
 * @param maxTokens how many tokens are written at most; the model's context may allow fewer
 * @param stop the text ends before the first of these that appears
 * @param seed decides what the sampler's chance is
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over once, never compared.
public record GenerationSettings(int[] prompt, int maxTokens, List<String> stop, long seed) {
  public GenerationSettings {
    stop = List.copyOf(stop);
    if (prompt.length == 0 || maxTokens < 1) {
      throw new IllegalArgumentException(
          "%d prompt tokens, at most %d new ones".formatted(prompt.length, maxTokens));
    }
  }
}
