package dev.wrought.core.recipe;

import dev.wrought.core.config.AtLeast;
import dev.wrought.core.config.AtMost;
import dev.wrought.core.config.Checks;
import dev.wrought.core.config.Doc;
import dev.wrought.core.config.Example;
import dev.wrought.core.config.Quantity;

/** How much data one optimizer step sees, and in which portions. */
public record BatchSpec(
    @Doc(
            "Tokens of one optimizer step of all workers: a multiple of microBatchSequences *"
                + " contextLength * workers.count.")
        @Example("16384")
        @Quantity
        @AtLeast(1)
        @AtMost(1e9)
        long tokens,
    @Doc(
            "Sequences that a worker computes at once; memory grows with it, the result does not"
                + " change.")
        @Example("16")
        @AtLeast(1)
        @AtMost(65536)
        int microBatchSequences) {
  public BatchSpec {
    Checks.of(BatchSpec.class, tokens, microBatchSequences).done();
  }
}
