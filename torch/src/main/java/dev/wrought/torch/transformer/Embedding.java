package dev.wrought.torch.transformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.wrought.torch.aten.Arithmetic;
import dev.wrought.torch.aten.Layers;
import dev.wrought.torch.aten.Tensors;
import java.util.Optional;

/**
 * The beginning of the residual stream: a vector for each token, and with learned positions one for
 * its place. In float32 from the master weights, as rows need no matrix product.
 */
record Embedding(Weight tokens, Optional<Weight> places) {

  /**
   * @param ids [N], int64
   * @return [N,C], float32
   */
  NDArray forward(NDArray ids, Window window) {
    NDArray x = Layers.embedding(tokens.master(), ids); //           [N,C]
    return places.map(p -> addPlaces(x, p, window)).orElse(x);
  }

  private static NDArray addPlaces(NDArray x, Weight places, Window window) {
    NDArray rows = Tensors.narrow(places.master(), 0, 0, window.length());
    return flat(Arithmetic.add(bySequence(x, window), rows), window);
  }

  /**
   * @param dx [N,C], float32
   */
  void backward(NDArray dx, NDArray ids, Window window) {
    tokens.accumulate(Layers.embeddingBackward(dx, ids, tokens.master().getShape().get(0)));
    places.ifPresent(p ->
        Arithmetic.addInPlace(
            Tensors.narrow(p.gradient(), 0, 0, window.length()),
            Arithmetic.sum(bySequence(dx, window), 0)));
  }

  private static NDArray bySequence(NDArray x, Window window) {
    Shape shape = new Shape(window.sequences(), window.length(), -1); //    [B,T,C]
    return Tensors.reshape(x, shape);
  }

  private static NDArray flat(NDArray x, Window window) {
    return Tensors.reshape(x, new Shape(window.tokens(), -1));
  }
}
