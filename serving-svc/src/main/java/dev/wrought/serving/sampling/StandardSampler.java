package dev.wrought.serving.sampling;

import java.util.random.RandomGenerator;

/**
 * Temperature, then top-k, then top-p, then chance. At temperature 0 the likeliest token, without
 * chance. Keeps its buffers between calls.
 *
 * <p>Source of top-p: Holtzman et al. 2019, nucleus sampling.
 */
public final class StandardSampler implements Sampler {
  private final StandardSettings settings;
  private float[] logits = {};
  private double[] weights = {};

  public StandardSampler(StandardSettings settings) {
    this.settings = settings;
  }

  @Override
  public int sample(Logits all, TokenHistory history, RandomGenerator random) {
    if (settings.temperature() == 0) {
      return all.argMax();
    }
    double sum = weigh(all);
    int size = all.size();
    boolean fewest = settings.topK() > 0 && settings.topK() < size;
    if (!fewest && settings.topP() == 1) {
      return draw(size, sum, random);
    }
    if (fewest) {
      int[] descending = likeliest(size).descending();
      return draw(descending, sum(descending), random);
    }
    return draw(nucleusCandidates(size, sum).descending(), sum, random);
  }

  /** Fills the weights, the likeliest token's being 1, and returns their sum. */
  private double weigh(Logits all) {
    int size = all.size();
    if (weights.length < size) {
      logits = new float[size];
      weights = new double[size];
    }
    all.copyTo(logits);
    double highest = Double.NEGATIVE_INFINITY;
    for (int id = 0; id < size; id++) {
      highest = Math.max(highest, logits[id]);
    }
    double sum = 0;
    for (int id = 0; id < size; id++) {
      weights[id] = Math.exp((logits[id] - highest) / settings.temperature());
      sum += weights[id];
    }
    return sum;
  }

  private RankedTokens likeliest(int size) {
    RankedTokens ranked = new RankedTokens(settings.topK());
    for (int id = 0; id < size; id++) {
      ranked.offer(id, logits[id]);
    }
    return ranked;
  }

  /**
   * The tokens that the nucleus can consist of. All tokens less likely than (1 - p) / size together
   * have less than 1 - p, so the others have p without them.
   */
  private RankedTokens nucleusCandidates(int size, double sum) {
    double least = (1 - settings.topP()) * sum / size;
    int count = 0;
    for (int id = 0; id < size; id++) {
      count += weights[id] >= least ? 1 : 0;
    }
    RankedTokens ranked = new RankedTokens(count);
    for (int id = 0; id < size; id++) {
      if (weights[id] >= least) {
        ranked.offer(id, logits[id]);
      }
    }
    return ranked;
  }

  private int draw(int size, double sum, RandomGenerator random) {
    double left = random.nextDouble() * sum;
    int last = 0;
    for (int id = 0; id < size; id++) {
      left -= weights[id];
      if (left < 0) {
        return id;
      }
      last = weights[id] > 0 ? id : last;
    }
    return last;
  }

  /** Draws among the first of these that together reach top-p of all that there is. */
  private int draw(int[] descending, double all, RandomGenerator random) {
    double nucleus = 0;
    int count = 0;
    while (count < descending.length && (count == 0 || nucleus < settings.topP() * all)) {
      nucleus += weights[descending[count++]];
    }
    double left = random.nextDouble() * nucleus;
    int place = 0;
    while (place < count - 1 && left >= weights[descending[place]]) {
      left -= weights[descending[place++]];
    }
    return descending[place];
  }

  private double sum(int[] ids) {
    double sum = 0;
    for (int id : ids) {
      sum += weights[id];
    }
    return sum;
  }
}
