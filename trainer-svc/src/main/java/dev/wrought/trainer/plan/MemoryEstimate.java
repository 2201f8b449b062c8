package dev.wrought.trainer.plan;

import dev.wrought.core.model.ModelConfig;
import dev.wrought.core.recipe.Precision;
import java.lang.management.ManagementFactory;

/**
 * What training a model takes, in bytes. Weights, gradients and the optimizer's state are fp32;
 * bf16 adds a copy of the weights. Activations are what a block keeps for its way back: 34 numbers
 * of 16 bits a token and channel, and the attention's scores (Korthikanti et al. 2022, section 4).
 * What one operator needs for itself is not counted.
 */
record MemoryEstimate(
    ModelConfig model, OptimizerSettings optimizer, Precision precision, int microBatchSequences) {
  private static final long FLOAT = 4;
  private static final long HALF = 2;

  /** The JVM, libtorch's code, and what the allocators keep. */
  private static final long PROCESS_BYTES = 600L << 20;

  long peakBytes() {
    return PROCESS_BYTES + weights() + activations();
  }

  /** Weights and the optimizer's state. */
  long checkpointBytes() {
    return FLOAT * (model.parameterCount() + optimizer.stateSize(model));
  }

  private long weights() {
    long copy = precision == Precision.BF16 ? HALF : 0;
    return (2 * FLOAT + copy) * model.parameterCount() + FLOAT * optimizer.stateSize(model);
  }

  private long activations() {
    long number = precision == Precision.BF16 ? HALF : FLOAT;
    long tokens = (long) microBatchSequences * model.contextLength();
    long stream = 17L * number * model.width();
    long scores = 3L * number * model.attention().heads() * model.contextLength();
    return tokens * model.layers() * (stream + scores);
  }

  /** The largest micro-batch that would fit into so much memory; at least 1. */
  int fittingSequences(long bytes) {
    long perSequence = activations() / microBatchSequences;
    long left = bytes - PROCESS_BYTES - weights();
    return (int) Math.clamp(left / Math.max(1, perSequence), 1, microBatchSequences);
  }

  /** What this machine, or the container's share of it, has. */
  static long machineBytes() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : Long.MAX_VALUE;
  }
}
