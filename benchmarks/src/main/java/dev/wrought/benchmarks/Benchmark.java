package dev.wrought.benchmarks;

import java.util.List;

/** Something to be measured. */
interface Benchmark {

  /** As in {@code ./wrought bench NAME}. */
  String name();

  /** What is measured, in one line. */
  String summary();

  /**
   * Measures. Progress goes to the standard error stream.
   *
   * @param rounds how often each side takes its turn
   */
  List<BenchmarkRow> run(int rounds);

  /** How many rounds give a steady median. */
  int defaultRounds();
}
