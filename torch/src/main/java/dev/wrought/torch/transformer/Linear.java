package dev.wrought.torch.transformer;

import ai.djl.ndarray.NDArray;
import dev.wrought.torch.aten.Arithmetic;
import dev.wrought.torch.aten.Layers;
import dev.wrought.torch.aten.Tensors;
import java.util.Optional;

/** {@code y = x W^T + b} over rows, in the format of the computation. */
final class Linear {

  private final Weight weight;
  private final Optional<Weight> bias;

  /** The weight as [out,in], however it is held. */
  private final NDArray matrix;

  Linear(Weight weight, Optional<Weight> bias) {
    this.weight = weight;
    this.bias = bias;
    matrix = weight.transposed() ? transposed(weight.value()) : weight.value();
  }

  /**
   * @param x [N,in], kept
   * @return [N,out]
   */
  NDArray forward(NDArray x, Tape tape) {
    tape.keep(x);
    return Layers.linear(x, matrix, bias.map(Weight::value));
  }

  /**
   * @param dy [N,out]
   * @return dx, [N,in]
   */
  NDArray backward(NDArray dy, Tape tape) {
    NDArray x = tape.take();
    weight.accumulate(
        weight.transposed()
            ? Arithmetic.product(transposed(x), dy) //     [in,N] [N,out]
            : Arithmetic.product(transposed(dy), x)); //   [out,N] [N,in]
    bias.ifPresent(b -> b.accumulate(Arithmetic.sum(dy, 0)));
    return Arithmetic.product(dy, matrix);
  }

  private static NDArray transposed(NDArray matrix) {
    return Tensors.transpose(matrix, 0, 1);
  }
}
