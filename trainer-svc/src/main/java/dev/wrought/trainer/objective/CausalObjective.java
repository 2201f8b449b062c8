package dev.wrought.trainer.objective;

import java.util.random.RandomGenerator;

/** Each token predicts the next one. Source: Radford et al. 2018, equation 1. */
record CausalObjective() implements Objective {
  @Override
  public Sequence sequence(int[] raw, RandomGenerator random) {
    return Sequence.causal(raw);
  }
}
