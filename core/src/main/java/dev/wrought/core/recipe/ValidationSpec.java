package dev.wrought.core.recipe;

import dev.wrought.core.config.AtLeast;
import dev.wrought.core.config.Checks;
import dev.wrought.core.config.Default;
import dev.wrought.core.config.Doc;
import dev.wrought.core.config.Quantity;

/** When held-out loss is measured, and on how much. */
public record ValidationSpec(
    @Doc("Measure held-out loss every so many steps, and at the end.") @AtLeast(1) @Default("100")
        int everySteps,
    @Doc("Held-out tokens of one measurement, the same each time; rounded up to batches.")
        @Quantity
        @AtLeast(1)
        @Default("" + ValidationSpec.USUAL_TOKENS)
        long tokens) {
  /** Held-out tokens of one measurement where a recipe does not say. */
  public static final long USUAL_TOKENS = 65_536;

  public ValidationSpec {
    Checks.of(ValidationSpec.class, everySteps, tokens).done();
  }
}
