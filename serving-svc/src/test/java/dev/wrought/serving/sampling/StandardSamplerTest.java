package dev.wrought.serving.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardSamplerTest extends SamplerContract {
  private static final int DRAWS = 100_000;

  /** Probabilities 0.5, 0.3, 0.15, 0.05 in another order. */
  private static final Logits FOUR =
      view(
          (float) Math.log(0.15),
          (float) Math.log(0.5),
          (float) Math.log(0.05),
          (float) Math.log(0.3));

  @Override
  protected Sampler sampler() {
    return sampler(0.9, 40, 0.95);
  }

  private static Sampler sampler(double temperature, int topK, double topP) {
    return new StandardSampler(new StandardSettings(temperature, topK, topP));
  }

  @Test
  void sample_temperatureZero_takesTheLikeliestWhateverTheSeed() {
    for (int seed = 0; seed < 20; seed++) {
      int id = sampler(0, 0, 1).sample(FOUR, history(1), new SplittableRandom(seed));
      assertEquals(1, id);
    }
    assertEquals(1, sampler(0, 0, 1).sample(view(2, 7, 7), history(1), new SplittableRandom(1)));
  }

  @Test
  void sample_plain_drawsInProportion() {
    assertDrawn(sampler(1, 0, 1), 0.15, 0.5, 0.05, 0.3);
  }

  @Test
  void sample_lowTemperature_sharpens() {
    double sum = 0.15 * 0.15 + 0.25 + 0.05 * 0.05 + 0.09;
    assertDrawn(sampler(0.5, 0, 1), 0.0225 / sum, 0.25 / sum, 0.0025 / sum, 0.09 / sum);
  }

  @Test
  void sample_topK_drawsAmongTheLikeliest() {
    assertDrawn(sampler(1, 2, 1), 0, 0.625, 0, 0.375);
  }

  @Test
  void sample_topP_drawsAmongTheFewestThatReachIt() {
    assertDrawn(sampler(1, 0, 0.79), 0, 0.625, 0, 0.375);
    assertDrawn(sampler(1, 0, 0.81), 0.15 / 0.95, 0.5 / 0.95, 0, 0.3 / 0.95);
    assertDrawn(sampler(1, 0, 0.52), 0, 0.625, 0, 0.375);
    assertDrawn(sampler(1, 0, 0.01), 0, 1, 0, 0);
  }

  @Test
  void sample_topPOfManyTokens_drawsAllOfTheNucleusAndNothingElse() {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 100; round++) {
      float[] logits = new float[2 + random.nextInt(30)];
      for (int id = 0; id < logits.length; id++) {
        logits[id] = (float) (2 * random.nextGaussian());
      }
      double topP = 0.05 + 0.9 * random.nextDouble();
      Set<Integer> drawn = new HashSet<>();
      Sampler sampler = sampler(1, 0, topP);
      for (int draw = 0; draw < 4_000; draw++) {
        drawn.add(sampler.sample(view(logits), history(1), random));
      }
      Set<Integer> nucleus = nucleus(logits, topP);
      assertTrue(nucleus.containsAll(drawn), drawn + " is more than " + nucleus);
      nucleus.removeAll(drawn);
      assertTrue(
          nucleus.stream().mapToDouble(id -> probability(logits, id)).allMatch(each -> each < 3e-3),
          "never drawn: " + nucleus);
    }
  }

  /** The fewest likeliest tokens that have top-p of the probability, by sorting everything. */
  private static Set<Integer> nucleus(float[] logits, double topP) {
    Set<Integer> nucleus = new HashSet<>();
    double mass = 0;
    for (int id :
        IntStream.range(0, logits.length)
            .boxed()
            .sorted(Comparator.comparingDouble(each -> -logits[each]))
            .toList()) {
      if (mass >= topP) {
        break;
      }
      nucleus.add(id);
      mass += probability(logits, id);
    }
    return nucleus;
  }

  private static double probability(float[] logits, int id) {
    double sum = IntStream.range(0, logits.length).mapToDouble(i -> Math.exp(logits[i])).sum();
    return Math.exp(logits[id]) / sum;
  }

  @Test
  void sample_topKThenTopP_cutsWhatIsLeft() {
    assertDrawn(sampler(1, 2, 0.6), 0, 1, 0, 0);
  }

  @Test
  void rankedTokens_manyOffers_keepsTheHighestAndLowerIdsFirst() {
    RankedTokens ranked = new RankedTokens(4);
    float[] logits = {-1, 5, -0f, 5, Float.NEGATIVE_INFINITY, 2, 5, -7};
    for (int id = 0; id < logits.length; id++) {
      ranked.offer(id, logits[id]);
    }
    assertArrayEquals(new int[] {1, 3, 6, 5}, ranked.descending());
  }

  @ParameterizedTest
  @CsvSource({
    "-0.1, 0, 1",
    "2.1, 0, 1",
    "NaN, 0, 1",
    "1, -1, 1",
    "1, 0, 0",
    "1, 0, 1.1",
    "1, 0, NaN"
  })
  void settings_outOfRange_areRefused(double temperature, int topK, double topP) {
    assertThrows(RuntimeException.class, () -> new StandardSettings(temperature, topK, topP));
  }

  /** Compares frequencies by Pearson's chi-squared at a level of 1 in 10,000. */
  private static void assertDrawn(Sampler sampler, double... probabilities) {
    SplittableRandom random = new SplittableRandom(7);
    int[] drawn = new int[probabilities.length];
    for (int draw = 0; draw < DRAWS; draw++) {
      drawn[sampler.sample(FOUR, history(1), random)]++;
    }
    double chiSquared = 0;
    for (int id = 0; id < drawn.length; id++) {
      if (probabilities[id] == 0) {
        assertEquals(0, drawn[id], "token " + id);
      } else {
        double expected = probabilities[id] * DRAWS;
        chiSquared += (drawn[id] - expected) * (drawn[id] - expected) / expected;
      }
    }
    assertTrue(chiSquared < 21.1, "chi-squared is " + chiSquared);
  }
}
