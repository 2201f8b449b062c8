package dev.wrought.core.recipe;

import dev.wrought.core.config.Default;
import dev.wrought.core.config.Doc;

/** What happens when training goes astray. */
public record GuardSpec(
    @Doc("What to do when a loss or gradient is NaN or infinite; always before the optimizer step.")
        @Default("stop")
        NonFinite nonFinite,
    @Doc("What to do when the loss jumps by six standard deviations.") @Default("mark")
        Spike spike) {

  /** The answers to a loss or gradient that is NaN or infinite. */
  public enum NonFinite {
    /** End the run as failed; the last checkpoint stays. */
    STOP,
    /** Leave this batch out. */
    SKIP,
    /** Go back to the newest good checkpoint and leave the batches since then out. */
    REWIND_AND_SKIP
  }

  /** The answers to a loss spike. */
  public enum Spike {
    /** Mark it on the curve and go on. */
    MARK,
    /** Go back to the newest good checkpoint and leave the batches since then out. */
    REWIND_AND_SKIP
  }
}
