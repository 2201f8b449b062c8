package dev.wrought.benchmarks;

import java.util.function.Consumer;

/** Something to be measured. */
interface Benchmark {

  /**
   * Measures. Progress goes to the standard error stream.
   *
   * @param rounds how often each side takes its turn
   * @param rows takes each row as soon as it is measured
   */
  void run(Rounds rounds, Consumer<BenchmarkRow> rows);

  /** How many rounds give a steady median. */
  int defaultRounds();
}
