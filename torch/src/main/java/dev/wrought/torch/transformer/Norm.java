package dev.wrought.torch.transformer;

import ai.djl.ndarray.NDArray;
import dev.wrought.torch.aten.Arithmetic;
import dev.wrought.torch.aten.Layers;
import dev.wrought.torch.aten.Layers.NormGradients;
import dev.wrought.torch.aten.Layers.Normalised;
import dev.wrought.torch.aten.ScalarType;
import dev.wrought.torch.aten.Tensors;
import java.util.List;

/**
 * A norm of the residual stream: computed in float32, its result in the format of the computation.
 */
sealed interface Norm {

  /**
   * @param x the residual stream [N,C], float32, kept
   * @return [N,C]
   */
  NDArray forward(NDArray x, Tape tape);

  /**
   * @param dy [N,C]
   * @return dx, [N,C] in float32
   */
  NDArray backward(NDArray dy, Tape tape);

  static Norm of(Weights weights, String name, dev.wrought.core.model.Norm kind) {
    Weight weight = weights.of(name);
    ScalarType type = weights.parameters().computeType();
    return switch (kind) {
      case dev.wrought.core.model.Norm.LayerNorm(double epsilon) ->
          new Layer(weight, weights.biases(List.of(name)).orElseThrow(), epsilon, type);
      case dev.wrought.core.model.Norm.RmsNorm(double epsilon) ->
          new RootMeanSquare(weight, epsilon, type);
    };
  }

  /** {@code (x - mean) / deviation * w + b}. */
  record Layer(Weight weight, Weight bias, double epsilon, ScalarType type) implements Norm {

    @Override
    public NDArray forward(NDArray x, Tape tape) {
      Normalised normalised = Layers.layerNorm(x, weight.master(), bias.master(), epsilon);
      tape.keep(x);
      tape.keep(normalised.mean());
      tape.keep(normalised.rstd());
      return Tensors.as(normalised.y(), type);
    }

    @Override
    public NDArray backward(NDArray dy, Tape tape) {
      NDArray rstd = tape.take();
      NDArray mean = tape.take();
      NDArray x = tape.take();
      NormGradients gradients =
          Layers.layerNormBackward(
              Tensors.as(dy, ScalarType.FLOAT32),
              x,
              new Normalised(dy, mean, rstd),
              weight.master(),
              bias.master());
      weight.accumulate(gradients.weight());
      bias.accumulate(gradients.bias());
      return gradients.x();
    }
  }

  /** {@code x / rms * w}, where {@code rms^2 = mean(x^2) + epsilon}. */
  record RootMeanSquare(Weight weight, double epsilon, ScalarType type) implements Norm {

    @Override
    public NDArray forward(NDArray x, Tape tape) {
      NDArray scale = oneOverRms(x); //                              [N,1]
      tape.keep(x);
      tape.keep(scale);
      return Tensors.as(Arithmetic.multiply(Arithmetic.multiply(x, scale), weight.master()), type);
    }

    private NDArray oneOverRms(NDArray x) {
      NDArray norms = Arithmetic.rowNorms(x); //                     [N,1]
      NDArray meanSquares =
          Arithmetic.multiply(Arithmetic.multiply(norms, norms), 1.0 / x.getShape().get(1));
      return Arithmetic.rsqrt(Arithmetic.add(meanSquares, epsilon));
    }

    /** With {@code n = x / rms} and {@code g = dy w}: {@code dx = (g - n mean(g n)) / rms}. */
    @Override
    public NDArray backward(NDArray gradient, Tape tape) {
      NDArray dy = Tensors.as(gradient, ScalarType.FLOAT32);
      NDArray scale = tape.take();
      NDArray normal = Arithmetic.multiply(tape.take(), scale); //   [N,C]
      NDArray product = Arithmetic.multiply(normal, dy); //          [N,C]
      weight.accumulate(Arithmetic.sum(product, 0));
      Arithmetic.multiplyInPlace(product, weight.master());
      NDArray means = Arithmetic.rowSums(product); //                [N,1]
      Arithmetic.multiplyInPlace(means, 1.0 / normal.getShape().get(1));
      NDArray dx = Arithmetic.multiply(dy, weight.master());
      Arithmetic.subtractProductInPlace(dx, normal, means);
      Arithmetic.multiplyInPlace(dx, scale);
      return dx;
    }
  }
}
