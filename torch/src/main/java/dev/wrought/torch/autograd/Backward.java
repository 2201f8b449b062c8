package dev.wrought.torch.autograd;

import ai.djl.ndarray.NDArray;
import dev.wrought.torch.aten.Gradients;

/** Reverse-mode differentiation of what was recorded. */
public final class Backward {

  private Backward() {}

  /** Makes a tensor collect gradients. */
  public static void track(NDArray leaf) {
    Gradients.collect(leaf);
  }

  /** Adds the gradient of a scalar to that of every tracked tensor it depends on, once. */
  public static void from(NDArray loss) {
    Gradients.backward(loss);
  }

  /** The gradient that a tracked tensor has collected. */
  public static NDArray gradient(NDArray leaf) {
    return Gradients.of(leaf);
  }

  /** Forgets the gradient of a tracked tensor. */
  public static void clear(NDArray leaf) {
    Gradients.clear(leaf);
  }
}
