package dev.wrought.trainer.loader;

import java.util.List;

/**
 * Deals samples out to parts by weight, evenly and without memory: sample k's part, and how many
 * samples that part had before, are computed from k alone. After any number of samples each part
 * has its share to within one per split.
 *
 * <p>The first part takes sample k whenever floor(k * share + 1/2) moves on; what it leaves is
 * numbered afresh and dealt out to the others in the same way.
 */
public record Mixture(List<Double> weights) {
  /**
   * Where a sample comes from.
   *
   * @param part index of the part
   * @param index how many of the part's samples came before
   */
  public record Share(int part, long index) {}

  public Mixture {
    weights = List.copyOf(weights);
    if (weights.isEmpty() || weights.stream().anyMatch(weight -> !(weight > 0))) {
      throw new IllegalArgumentException("weights must be positive: " + weights);
    }
  }

  /** The share of a sample. @param sample 0 or more */
  public Share share(long sample) {
    double rest = weights.stream().mapToDouble(Double::doubleValue).sum();
    long index = sample;
    for (int part = 0; part < weights.size() - 1; part++) {
      double share = weights.get(part) / rest;
      long before = taken(index, share);
      if (taken(index + 1, share) > before) {
        return new Share(part, before);
      }
      index -= before;
      rest -= weights.get(part);
    }
    return new Share(weights.size() - 1, index);
  }

  private static long taken(long samples, double share) {
    return (long) Math.floor(samples * share + 0.5);
  }
}
