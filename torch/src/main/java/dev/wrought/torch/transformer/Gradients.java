package dev.wrought.torch.transformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.wrought.torch.aten.ScalarType;
import dev.wrought.torch.aten.Tensors;
import dev.wrought.torch.autograd.TensorScope;
import java.nio.FloatBuffer;

/**
 * Where the gradients of a model's {@link Parameters} are summed: one piece of float32 memory of
 * the same layout. Each thread that computes gradients has its own.
 */
public final class Gradients implements AutoCloseable {

  private final Parameters parameters;
  private final NDManager home = TensorScope.newHome();
  private final NDArray sums;

  public Gradients(Parameters parameters) {
    this.parameters = parameters;
    try (TensorScope scope = TensorScope.within(home)) {
      sums = Tensors.zeros(new Shape(parameters.size()), ScalarType.FLOAT32, parameters.device());
    }
  }

  /** All of them, flat. */
  public NDArray sums() {
    return sums;
  }

  /** The sum of gradients of one tensor, copied. */
  public FloatBuffer floats(String tensor) {
    return parameters.part(tensor).floats(sums);
  }

  NDArray view(long offset, long[] shape) {
    try (TensorScope scope = TensorScope.within(home)) {
      return Parameters.view(sums, offset, shape);
    }
  }

  @Override
  public void close() {
    home.close();
  }
}
