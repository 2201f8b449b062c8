package dev.wrought.core.recipe;

import dev.wrought.core.config.AtLeast;
import dev.wrought.core.config.Checks;
import dev.wrought.core.config.Default;
import dev.wrought.core.config.Doc;

/** When checkpoints are published, and which stay. */
public record CheckpointSpec(
    @Doc("Publish a checkpoint every so many steps, and at the end.") @AtLeast(1) @Default("200")
        int everySteps,
    @Doc("How many of the newest stay.") @AtLeast(1) @Default("3") int keep,
    @Doc("How many of those with the lowest held-out loss stay besides.") @AtLeast(0) @Default("1")
        int keepBest) {
  public CheckpointSpec {
    Checks.of(CheckpointSpec.class, everySteps, keep, keepBest).done();
  }
}
