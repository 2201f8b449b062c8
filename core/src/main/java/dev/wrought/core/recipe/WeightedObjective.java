package dev.wrought.core.recipe;

import dev.wrought.core.config.Checks;
import dev.wrought.core.config.Doc;
import dev.wrought.core.config.Example;
import dev.wrought.core.config.Inline;
import dev.wrought.core.config.MoreThan;

/** One objective of a mixture. */
public record WeightedObjective(
    @Doc("The share of the training sequences, relative to the other objectives' weights.")
        @Example("1")
        @MoreThan(0)
        double weight,
    @Doc("The objective: exactly one plugin key beside weight.") @Inline @Slot(PluginSlot.OBJECTIVE)
        PluginChoice objective) {
  public WeightedObjective {
    Checks.of(WeightedObjective.class, weight, objective).done();
  }
}
