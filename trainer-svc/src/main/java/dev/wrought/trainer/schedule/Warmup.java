package dev.wrought.trainer.schedule;

/**
 * A linear rise from 1/(steps+1) over the first steps, which keeps the first, badly scaled updates
 * of Adam small. Source: Goyal et al. 2017, section 2.2.
 */
record Warmup(int steps) {
  boolean covers(int step) {
    return step <= steps;
  }

  double factor(int step) {
    return Math.min(1.0, step / (steps + 1.0));
  }
}
