package dev.wrought.trainer.guard;

import dev.wrought.core.recipe.GuardSpec;

/**
 * Judges each batch before its gradients are applied. A policy of rewinding is stricter than
 * stopping only in what follows; here both stop. One run, one thread.
 */
public final class Guard {
  /** After so many batches in a row that had to be left out, the fault is not the data's. */
  static final int MAX_SKIPS_IN_A_ROW = 10;

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
   */
  public Verdict judge(double loss, double gradientNorm) {
    if (Double.isFinite(loss) && Double.isFinite(gradientNorm)) {
      skipsInARow = 0;
      return new Verdict.Proceed();
    }
    String reason = "the loss is %s and the gradient norm %s".formatted(loss, gradientNorm);
    return switch (policy) {
      case STOP, REWIND_AND_SKIP -> new Verdict.Stop(reason);
      case SKIP -> skip(reason);
    };
  }

  private Verdict skip(String reason) {
    skipsInARow++;
    return skipsInARow <= MAX_SKIPS_IN_A_ROW
        ? new Verdict.Skip(reason)
        : new Verdict.Stop(reason + ", as for the %d batches before".formatted(MAX_SKIPS_IN_A_ROW));
  }
}
