package dev.wrought.trainer.worker;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.trainer.plan.Plan;
import java.util.Locale;

/** Libtorch's ways to say that there is no more memory, made one that says what to do. */
final class OutOfMemory {
  private OutOfMemory() {}

  /** The failure as it is, or OUT_OF_MEMORY with the micro-batch that would fit. */
  static RuntimeException recognise(RuntimeException failure, Plan plan) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
      if (message.contains("can't allocate memory")
          || message.contains("out of memory")
          || message.contains("bad_alloc")) {
        return new WroughtException(ErrorCode.OUT_OF_MEMORY, advice(plan), failure);
      }
    }
    return failure;
  }

  private static String advice(Plan plan) {
    int sequences = plan.recipe().spec().batch().microBatchSequences();
    String remedy =
        sequences == 1
            ? "a model with less width, layers or contextLength is needed"
            : "set batch.microBatchSequences to %d or less: the result does not change"
                .formatted(Math.max(1, sequences / 2));
    return "out of memory with batch.microBatchSequences %d; training was reckoned to need %,d MB. %s"
        .formatted(sequences, plan.facts().memoryBytes() >> 20, remedy);
  }
}
