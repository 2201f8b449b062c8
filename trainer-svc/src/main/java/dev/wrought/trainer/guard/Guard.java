package dev.wrought.trainer.guard;

import dev.wrought.core.recipe.GuardSpec;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;

/**
 * Judges each batch. One whose loss or gradient is not finite has not changed the weights; the
 * policy says whether the run stops there or leaves the batch out. One run, one thread.
 */
public final class Guard {
  /** After so many batches in a row that had to be left out, the fault is not the data's. */
  static final int MAX_SKIPS_IN_A_ROW = 10;

  private static final System.Logger LOG = System.getLogger(Guard.class.getName());

  private final GuardSpec.NonFinite policy;
  private int skipsInARow;

  public Guard(GuardSpec spec) {
    this.policy = spec.nonFinite();
  }

  /**
   * The verdict on a batch.
   *
   * @param loss mean over the batch's targets
   * @param gradientNorm of all gradients before clipping
   * @param batch which one it was, for messages
   */
  public Verdict judge(double loss, double gradientNorm, Supplier<String> batch) {
    if (Double.isFinite(loss) && Double.isFinite(gradientNorm)) {
      skipsInARow = 0;
      return new Verdict.GoOn();
    }
    String problem =
        "the loss is %s and the gradient norm %s, so the optimizer step was not taken; the batch: %s"
            .formatted(loss, gradientNorm, batch.get());
    LOG.log(Level.WARNING, problem);
    return switch (policy) {
      case STOP, REWIND_AND_SKIP -> new Verdict.Stop(problem);
      case SKIP -> skip(problem);
    };
  }

  private Verdict skip(String problem) {
    skipsInARow++;
    return skipsInARow <= MAX_SKIPS_IN_A_ROW
        ? new Verdict.GoOn()
        : new Verdict.Stop(
            "%s. The %d batches before were no better".formatted(problem, MAX_SKIPS_IN_A_ROW));
  }
}
