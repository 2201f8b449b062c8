package dev.wrought.torch.autograd;

import ai.djl.ndarray.NDArray;
import dev.wrought.torch.aten.Gradients;

/**
 * Runs matrix products and attention on this thread in bfloat16, with weights, norms and sums left
 * in float32. The casts of the weights are kept until the end. Not to be nested, and ended before
 * the way back.
 */
public final class Autocast implements AutoCloseable {

  private final NDArray like;
  private final boolean on;

  private Autocast(NDArray like, boolean on) {
    this.like = like;
    this.on = on;
    if (on) {
      Gradients.autocastBfloat16(like, true);
    }
  }

  /**
   * Autocast for operators on the device of a tensor.
   *
   * @param on false leaves everything as it is, so that a caller needs no branch
   */
  public static Autocast bfloat16(NDArray like, boolean on) {
    return new Autocast(like, on);
  }

  @Override
  public void close() {
    if (on) {
      Gradients.autocastBfloat16(like, false);
    }
  }
}
