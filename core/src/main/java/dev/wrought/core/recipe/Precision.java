package dev.wrought.core.recipe;

/** The number format of activations and matrix products; the master weights are always fp32. */
public enum Precision {
  /** The faster one where the run is submitted; its resolved recipe says which. */
  AUTO,
  FP32,
  BF16
}
