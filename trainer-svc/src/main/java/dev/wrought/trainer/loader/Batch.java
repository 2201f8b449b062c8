package dev.wrought.trainer.loader;

import java.util.List;

/**
 * What one optimizer step sees.
 *
 * @param firstSample position of its first sequence in the data order
 * @param origins where each sequence came from, in order
 */
public record Batch(long firstSample, List<MicroBatch> microBatches, List<Origin> origins) {

  /** A window of a dataset: {@code name@digest}, and which. */
  public record Origin(String dataset, long window) {
    @Override
    public String toString() {
      return dataset + "#" + window;
    }
  }

  public Batch {
    microBatches = List.copyOf(microBatches);
    origins = List.copyOf(origins);
  }

  /** How many sequences. */
  public int sequences() {
    return origins.size();
  }

  /** How many tokens it reads. */
  public long tokens() {
    return microBatches.stream().mapToLong(each -> each.inputs().length).sum();
  }
}
