package dev.wrought.benchmarks;

/**
 * How often each side takes its turn.
 *
 * @param most so many rounds at most
 * @param enoughSeconds measuring ends once it has taken so long, but not before {@link #FEWEST}
 *     rounds; infinite where {@code most} was asked for
 */
record Rounds(int most, double enoughSeconds) {

  /** A median of fewer says little. */
  static final int FEWEST = 3;

  private static final double ENOUGH_SECONDS = 300;

  /** As many as were asked for, however long they take. */
  static Rounds exactly(int count) {
    return new Rounds(count, Double.POSITIVE_INFINITY);
  }

  /** So many, and fewer where one takes very long. */
  static Rounds upTo(int most) {
    return new Rounds(most, ENOUGH_SECONDS);
  }

  /** So many times as often, in the same time. */
  Rounds times(int factor) {
    return new Rounds(factor * most, enoughSeconds);
  }

  /** Whether another round follows. */
  boolean goesOn(int done, double seconds) {
    return done < most && (done < FEWEST || seconds < enoughSeconds);
  }
}
