package dev.wrought.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;

/**
 * Seconds of two sides that take turns, so that both meet the same machine. Figures are medians;
 * the ratio is the median of the rounds' ratios, so that a machine that is now busy and now not
 * disturbs it little.
 */
final class Turns {

  private static final int LEAST_WARM_UP = 2;
  private static final int MOST_WARM_UP = 10;

  /** Of ours: by then the compiler is done, too. */
  private static final double WARM_SECONDS = 20;

  private final List<Turn> all = new ArrayList<>();

  /** Seconds of both in the same round. */
  private record Turn(double ours, double peers) {}

  private Turns() {}

  /**
   * Warms both sides up, and measures them. Each round is told on the standard error stream.
   *
   * @param ours does one piece of our work, and returns the seconds that it took
   * @param peer the same of the other side; NaN where there is none
   */
  static Turns measure(Rounds rounds, DoubleSupplier ours, DoubleSupplier peer) {
    double warmed = 0;
    for (int i = 0; i < LEAST_WARM_UP || (i < MOST_WARM_UP && warmed < WARM_SECONDS); i++) {
      warmed += ours.getAsDouble();
      double _ = peer.getAsDouble();
    }
    return ofWarm(rounds, ours, peer);
  }

  /** Measures sides that warm themselves up. */
  static Turns ofWarm(Rounds rounds, DoubleSupplier ours, DoubleSupplier peer) {
    Turns turns = new Turns();
    long start = System.nanoTime();
    while (rounds.goesOn(turns.count(), secondsSince(start))) {
      turns.add(new Turn(ours.getAsDouble(), peer.getAsDouble()), rounds.most());
    }
    return turns;
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  private void add(Turn turn, int most) {
    all.add(turn);
    System.err.printf(
        Locale.ROOT,
        "round %d of %d: ours %,.2f ms, peer %s%n",
        count(),
        most,
        1e3 * turn.ours(),
        Double.isNaN(turn.peers())
            ? "none"
            : String.format(Locale.ROOT, "%,.2f ms", 1e3 * turn.peers()));
  }

  int count() {
    return all.size();
  }

  double ours() {
    return median(Turn::ours);
  }

  double peers() {
    return median(Turn::peers);
  }

  /** How many times as long the peer takes. */
  double ratio() {
    return median(turn -> turn.peers() / turn.ours());
  }

  private double median(ToDoubleFunction<Turn> figure) {
    double[] sorted = all.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
