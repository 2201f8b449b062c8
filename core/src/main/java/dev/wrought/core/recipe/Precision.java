package dev.wrought.core.recipe;

/** The number format of activations and matrix products; the master weights are always fp32. */
public enum Precision {
  FP32,
  BF16
}
