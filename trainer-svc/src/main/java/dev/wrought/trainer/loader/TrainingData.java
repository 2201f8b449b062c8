package dev.wrought.trainer.loader;

import dev.wrought.core.dataset.WindowOrder;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.trainer.loader.Batch.Origin;
import dev.wrought.trainer.objective.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The endless row of training sequences. Sample k depends on the seed, the sources and k only:
 * reading it needs no history. Thread-safe.
 */
public final class TrainingData {
  private final List<DataSource> sources;
  private final List<WindowOrder> orders;
  private final Mixture sourceMixture;
  private final List<WeightedObjective> objectives;
  private final Mixture objectiveMixture;
  private final long seed;
  private final Packing packing;

  /**
   * Prepares the order.
   *
   * @throws WroughtException INVALID_DATA where a source is shorter than one sequence
   */
  public TrainingData(
      List<DataSource> sources, List<WeightedObjective> objectives, long seed, Packing packing) {
    this.sources = List.copyOf(sources);
    this.objectives = List.copyOf(objectives);
    this.seed = seed;
    this.packing = packing;
    this.sourceMixture = new Mixture(sources.stream().map(DataSource::weight).toList());
    this.objectiveMixture =
        new Mixture(objectives.stream().map(WeightedObjective::weight).toList());
    this.orders =
        IntStream.range(0, sources.size())
            .mapToObj(source -> new WindowOrder(seed + source, windows(this.sources.get(source))))
            .toList();
  }

  private long windows(DataSource source) {
    long windows = WindowOrder.windowsIn(source.shards().tokens(), packing.contextLength());
    if (windows < 1) {
      throw new WroughtException(
          ErrorCode.INVALID_DATA,
          "the dataset %s has %d training tokens; one sequence of contextLength %d needs %d"
              .formatted(
                  source.dataset(),
                  source.shards().tokens(),
                  packing.contextLength(),
                  packing.contextLength() + 1L));
    }
    return windows;
  }

  /** Sequences {@code firstSample} to before {@code firstSample + sequences}. */
  public Batch batch(long firstSample, int sequences, int microBatchSequences) {
    List<MicroBatch> microBatches = new ArrayList<>();
    List<Origin> origins = new ArrayList<>();
    for (int from = 0; from < sequences; from += microBatchSequences) {
      List<Sequence> rows = new ArrayList<>();
      for (int row = from; row < Math.min(sequences, from + microBatchSequences); row++) {
        Origin origin = origin(firstSample + row);
        origins.add(origin);
        rows.add(sequence(firstSample + row));
      }
      microBatches.add(MicroBatch.of(rows, packing.separator()));
    }
    return new Batch(firstSample, microBatches, origins);
  }

  /** Where a sample comes from. */
  public Origin origin(long sample) {
    Mixture.Share share = sourceMixture.share(sample);
    return new Origin(
        sources.get(share.part()).dataset(), orders.get(share.part()).window(share.index()));
  }

  private Sequence sequence(long sample) {
    Mixture.Share share = sourceMixture.share(sample);
    long window = orders.get(share.part()).window(share.index());
    int[] raw = new int[packing.contextLength() + 1];
    sources.get(share.part()).shards().read(window * packing.contextLength(), raw);
    // By the source's own count: by the sample's, two even mixtures would go in step.
    WeightedObjective objective = objectives.get(objectiveMixture.share(share.index()).part());
    return objective.objective().sequence(raw, new SplittableRandom(seed ^ Long.reverse(sample)));
  }
}
