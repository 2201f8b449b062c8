package dev.wrought.eval.loss;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes the points of a long curve one by one, and keeps those that make it look as it would with
 * all of them: of every bucket of neighbours the first, the lowest, the highest and the last, so
 * that no spike is lost. Memory is that of the points kept.
 *
 * <p>Source: Jugel, Jerzak, Hackenbroich and Markl 2014, M4: A Visualization-Oriented Time Series
 * Data Aggregation.
 */
public final class Downsampling {
  private static final int POINTS_PER_BUCKET = 4;

  private final long bucketSize;
  private final List<CurvePoint> kept = new ArrayList<>();
  private long inBucket;
  private @Nullable Bucket bucket;

  /**
   * @param expected how many points will come, at most
   * @param maxPoints how many to keep, at least 4
   */
  public Downsampling(long expected, int maxPoints) {
    if (maxPoints < POINTS_PER_BUCKET) {
      throw new IllegalArgumentException("maxPoints must be at least 4, not " + maxPoints);
    }
    long buckets = maxPoints / POINTS_PER_BUCKET;
    this.bucketSize = expected <= maxPoints ? 1 : (expected + buckets - 1) / buckets;
  }

  /** The next point, to the right of those before it. */
  public Downsampling add(CurvePoint point) {
    bucket = bucket == null ? Bucket.of(point) : bucket.with(point);
    if (++inBucket == bucketSize) {
      closeBucket();
    }
    return this;
  }

  /** The points kept, from left to right. */
  public List<CurvePoint> points() {
    closeBucket();
    return List.copyOf(kept);
  }

  private void closeBucket() {
    if (bucket != null) {
      kept.addAll(bucket.corners());
    }
    bucket = null;
    inBucket = 0;
  }

  private record Bucket(CurvePoint first, CurvePoint lowest, CurvePoint highest, CurvePoint last) {
    private static Bucket of(CurvePoint point) {
      return new Bucket(point, point, point, point);
    }

    private Bucket with(CurvePoint point) {
      return new Bucket(
          first,
          point.value() < lowest.value() ? point : lowest,
          point.value() > highest.value() ? point : highest,
          point);
    }

    private List<CurvePoint> corners() {
      return Stream.of(first, lowest, highest, last)
          .distinct()
          .sorted(Comparator.comparingInt(CurvePoint::step))
          .toList();
    }
  }
}
