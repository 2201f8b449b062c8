package dev.wrought.trainer.loader;

import dev.wrought.trainer.objective.Objective;

/** An objective and its share of the sequences. */
public record WeightedObjective(Objective objective, double weight) {}
