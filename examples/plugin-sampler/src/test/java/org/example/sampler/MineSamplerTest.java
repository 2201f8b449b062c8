package org.example.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.serving.sampling.Logits;
import dev.wrought.serving.sampling.Sampler;
import dev.wrought.serving.sampling.SamplerContract;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What every sampler has to keep, and what this one adds. */
class MineSamplerTest extends SamplerContract {
  /** Probabilities 0.6, 0.3, 0.06, 0.04. */
  private static final Logits FOUR = view(log(0.6), log(0.3), log(0.06), log(0.04));

  @Override
  protected Sampler sampler() {
    return sampler(0.1, 1);
  }

  @Test
  void sample_tokensBelowTheBar_areNeverChosen() {
    int[] counts = draw(sampler(0.2, 1));
    assertEquals(0, counts[2] + counts[3]);
    assertEquals(2.0 / 3, counts[0] / 10_000.0, 0.02);
  }

  @Test
  void sample_withoutABar_followsTheProbabilities() {
    int[] counts = draw(sampler(0, 1));
    assertEquals(0.6, counts[0] / 10_000.0, 0.02);
    assertEquals(0.04, counts[3] / 10_000.0, 0.01);
  }

  @Test
  void sample_aHighTemperature_letsMoreReachTheBar() {
    assertTrue(draw(sampler(0.2, 3))[3] > 0);
  }

  private static int[] draw(Sampler sampler) {
    SplittableRandom random = new SplittableRandom(7);
    int[] counts = new int[4];
    for (int i = 0; i < 10_000; i++) {
      counts[sampler.sample(FOUR, history(1), random)]++;
    }
    return counts;
  }

  private static Sampler sampler(double minP, double temperature) {
    MineSettings settings =
        PluginConfig.of(Map.of("minP", minP, "temperature", temperature)).as(MineSettings.class);
    return new MineSampler(settings);
  }

  private static float log(double probability) {
    return (float) Math.log(probability);
  }
}
