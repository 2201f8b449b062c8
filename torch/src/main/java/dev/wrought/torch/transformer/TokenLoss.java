package dev.wrought.torch.transformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.wrought.torch.aten.Arithmetic;
import dev.wrought.torch.aten.Layers;
import dev.wrought.torch.aten.ScalarType;
import dev.wrought.torch.aten.Tensors;
import dev.wrought.torch.autograd.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The end of the decoder: logits and the cross-entropy of the next token, in chunks of rows, so
 * that [N,V] never exists. Forward and backward are one: the gradient of a softmax is itself less
 * one at the target.
 */
final class TokenLoss {

  /**
   * Measured in docs/adr/0004: larger chunks fall out of the cache, smaller ones waste the product.
   */
  private static final int CHUNK = 512;

  private final Weight head;

  TokenLoss(Weight head) {
    this.head = head;
  }

  /** What is to be predicted, and how much each prediction counts. */
  record Targets(NDArray ids, NDArray weights) {}

  /**
   * The logits.
   *
   * @param h [N,C]
   * @return [N,V]
   */
  NDArray logits(NDArray h) {
    return Layers.linear(h, head.value(), Optional.empty());
  }

  /**
   * The weighted sum of the losses, without a gradient; the softmax is in float32.
   *
   * @param h [N,C]
   */
  double forward(NDArray h, Targets targets) {
    double sum = 0;
    long rows = h.getShape().get(0);
    for (long start = 0; start < rows; start += CHUNK) {
      long count = Math.min(CHUNK, rows - start);
      try (TensorScope scope = TensorScope.open()) {
        NDArray logits = Tensors.as(logits(Tensors.narrow(h, 0, start, count)), ScalarType.FLOAT32);
        NDArray losses =
            Layers.crossEntropy(logits, Tensors.narrow(targets.ids(), 0, start, count));
        sum +=
            Tensors.item(
                Arithmetic.sum(
                    Arithmetic.multiply(
                        losses, Tensors.narrow(targets.weights(), 0, start, count))));
      }
    }
    return sum;
  }

  /**
   * The weighted sum of the losses as a tensor without dimensions, and its gradient by h, [N,C].
   */
  record LossAndGradient(NDArray loss, NDArray dh) {}

  /**
   * The weighted sum of the losses; adds the gradient of the head.
   *
   * @param h [N,C]
   */
  LossAndGradient forwardBackward(NDArray h, Targets targets) {
    long rows = h.getShape().get(0);
    NDArray loss = Tensors.zeros(new Shape(), ScalarType.FLOAT32, h.getDevice());
    List<NDArray> dh = new ArrayList<>();
    for (long start = 0; start < rows; start += CHUNK) {
      long count = Math.min(CHUNK, rows - start);
      try (TensorScope scope = TensorScope.open()) {
        Targets chunk =
            new Targets(
                Tensors.reshape(Tensors.narrow(targets.ids(), 0, start, count), count, 1),
                Tensors.reshape(Tensors.narrow(targets.weights(), 0, start, count), count, 1));
        dh.add(scope.release(chunk(Tensors.narrow(h, 0, start, count), chunk, loss)));
      }
    }
    return new LossAndGradient(loss, Tensors.concatenate(dh, 0));
  }

  /**
   * Adds to the loss and to the head's gradient; returns the gradient by h. The weights are
   * multiplied to the narrow [n,C] instead of the wide [n,V].
   */
  private NDArray chunk(NDArray h, Targets targets, NDArray loss) {
    NDArray p = Layers.softmax(logits(h)); //                                 [n,V]
    NDArray ofTarget = Tensors.as(Tensors.gather(p, 1, targets.ids()), ScalarType.FLOAT32); // [n,1]
    Arithmetic.subtractProductInPlace(
        loss,
        Tensors.scalar(1),
        Arithmetic.sum(Arithmetic.multiply(Arithmetic.log(ofTarget), targets.weights())));
    NDArray minusOne = Tensors.full(ofTarget.getShape(), -1, Tensors.type(p), h.getDevice());
    Tensors.scatterAdd(p, 1, targets.ids(), minusOne); //             d loss / d logits
    NDArray weights = Tensors.as(targets.weights(), Tensors.type(h)); //      [n,1]
    head.accumulate(
        Arithmetic.product(Tensors.transpose(p, 0, 1), Arithmetic.multiply(h, weights)));
    NDArray dh = Arithmetic.product(p, head.value()); //                      [n,C]
    Arithmetic.multiplyInPlace(dh, weights);
    return dh;
  }
}
