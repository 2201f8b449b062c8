package dev.wrought.torch.transformer;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.wrought.torch.aten.Arithmetic;
import dev.wrought.torch.aten.ScalarType;
import dev.wrought.torch.aten.Tensors;
import dev.wrought.torch.autograd.TensorScope;
import java.util.List;

/**
 * Turns pairs (i, i + D/2) of each head by {@code place * theta^(-2i/D)}. The angles are computed
 * in double precision. Source: Su et al. 2021; the order of pairs is Hugging Face's.
 */
final class Rotary {

  private final NDArray cosines;
  private final NDArray sines;
  private final int half;

  /**
   * @param home owner of the tables
   * @param places the longest sequence
   */
  Rotary(NDManager home, double theta, int headDim, int places, ScalarType type, Device device) {
    half = headDim / 2;
    float[] cosine = new float[places * half];
    float[] sine = new float[places * half];
    for (int place = 0; place < places; place++) {
      for (int i = 0; i < half; i++) {
        double angle = place * Math.pow(theta, -2.0 * i / headDim);
        cosine[place * half + i] = (float) Math.cos(angle);
        sine[place * half + i] = (float) Math.sin(angle);
      }
    }
    Shape shape = new Shape(places, 1, half);
    try (TensorScope scope = TensorScope.within(home)) {
      cosines = Tensors.as(Tensors.ofFloats(cosine, shape, device), type);
      sines = Tensors.as(Tensors.ofFloats(sine, shape, device), type);
    }
  }

  /**
   * @param x [...,T,R,D]
   * @return the same, turned
   */
  NDArray forward(NDArray x) {
    return turn(x, false);
  }

  /** The derivative of a turn is the turn back. */
  NDArray backward(NDArray dy) {
    return turn(dy, true);
  }

  private NDArray turn(NDArray x, boolean back) {
    int last = x.getShape().dimension() - 1;
    long places = x.getShape().get(last - 2);
    NDArray cosine = Tensors.narrow(cosines, 0, 0, places); // [T,1,D/2]
    NDArray sine = Tensors.narrow(sines, 0, 0, places); //     [T,1,D/2]
    NDArray left = Tensors.narrow(x, last, 0, half);
    NDArray right = Tensors.narrow(x, last, half, half);
    NDArray newLeft = Arithmetic.multiply(left, cosine);
    NDArray newRight = Arithmetic.multiply(right, cosine);
    if (back) {
      Arithmetic.addProductInPlace(newLeft, right, sine);
      Arithmetic.subtractProductInPlace(newRight, left, sine);
    } else {
      Arithmetic.subtractProductInPlace(newLeft, right, sine);
      Arithmetic.addProductInPlace(newRight, left, sine);
    }
    return Tensors.concatenate(List.of(newLeft, newRight), last);
  }
}
