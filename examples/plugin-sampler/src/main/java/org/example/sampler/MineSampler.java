package org.example.sampler;

import dev.wrought.serving.sampling.Logits;
import dev.wrought.serving.sampling.Sampler;
import dev.wrought.serving.sampling.TokenHistory;
import java.util.random.RandomGenerator;

/**
 * Min-p sampling: the bar that a token has to reach is a share of the likeliest token's
 * probability, so the choice is narrow where the model is sure and wide where it is not.
 *
 * <p>Source: Nguyen et al. 2024, Turning Up the Heat: Min-p Sampling (arXiv 2407.01082).
 */
final class MineSampler implements Sampler {
  private final MineSettings settings;
  private float[] logits = new float[0];

  MineSampler(MineSettings settings) {
    this.settings = settings;
  }

  @Override
  public int sample(Logits view, TokenHistory history, RandomGenerator random) {
    if (logits.length != view.size()) {
      logits = new float[view.size()];
    }
    view.copyTo(logits);
    int likeliest = view.argMax();
    double highest = logits[likeliest];

    double kept = 0;
    for (float logit : logits) {
      kept += weight(logit, highest);
    }
    double remaining = random.nextDouble() * kept;
    for (int id = 0; id < logits.length; id++) {
      double weight = weight(logits[id], highest);
      remaining -= weight;
      if (weight > 0 && remaining < 0) {
        return id;
      }
    }
    return likeliest; // rounding left a crumb
  }

  /** A token's probability relative to the likeliest one's; 0 if it is below the bar. */
  private double weight(float logit, double highest) {
    double relative = Math.exp((logit - highest) / settings.temperature());
    return relative >= settings.minP() ? relative : 0;
  }
}
