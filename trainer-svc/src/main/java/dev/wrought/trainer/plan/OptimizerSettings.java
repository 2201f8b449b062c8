package dev.wrought.trainer.plan;

import dev.wrought.core.model.ModelConfig;

/** The settings of a built-in optimizer. */
public sealed interface OptimizerSettings permits AdamWSettings, MuonSettings {

  /** Peak learning rate; the schedule gives each step's share of it. */
  double learningRate();

  /** How many numbers its state has, from step to step. */
  long stateSize(ModelConfig model);
}
