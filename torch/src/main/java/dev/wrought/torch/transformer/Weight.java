package dev.wrought.torch.transformer;

import ai.djl.ndarray.NDArray;
import dev.wrought.torch.aten.Arithmetic;

/**
 * One trainable tensor, or several whose rows follow one another: three views of the same numbers'
 * memory in {@link Parameters}.
 *
 * @param master the float32 numbers that the optimizer changes
 * @param value the same in the format of the computation
 * @param gradient where the gradient is summed, float32
 * @param transposed whether a matrix is held [in, out] instead of [out, in]
 */
record Weight(NDArray master, NDArray value, NDArray gradient, boolean transposed) {

  void accumulate(NDArray part) {
    Arithmetic.addInPlace(gradient, part);
  }
}
