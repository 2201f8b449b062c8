package dev.wrought.core.model;

/** How a token's place in the sequence reaches the model. */
public sealed interface Position {

  /** A learned vector per place, added to the token's embedding (GPT-2). */
  record Learned() implements Position {}

  /**
   * Queries and keys are rotated by an angle that grows with the place: pair i of a head turns by
   * {@code place * theta^(-2i/headDim)}. Pairs are (i, i + headDim/2), Hugging Face's layout.
   * Source: Su et al. 2021, RoFormer.
   *
   * @param theta the base of the frequencies, 10,000 in LLaMA and 500,000 in Llama 3
   */
  record Rotary(double theta) implements Position {
    public Rotary {
      Checks.require(
          Double.isFinite(theta) && theta > 1,
          () -> "the rotary base (rope_theta) is " + theta + ", it must be above 1");
    }
  }
}
