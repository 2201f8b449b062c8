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
        Shape column = new Shape(count, 1);
        Targets chunk =
            new Targets(
                Tensors.reshape(Tensors.narrow(targets.ids(), 0, start, count), column),
                Tensors.reshape(Tensors.narrow(targets.weights(), 0, start, count), column));
        dh.add(scope.release(chunk(Tensors.narrow(h, 0, start, count), chunk, loss)));
      }
    }
    return new LossAndGradient(loss, Tensors.concatenate(dh, 0));
  }

  /**
   * Adds to the loss and to the head's gradient; returns the gradient by h. The weights are
   * multiplied to the narrow [n,C] instead of the wide [n,V].
   *
   * <p>Softmax and loss are float32 in every number format, and what is rounded to the format is
   * their difference, once: near 1, where a target is learnt, bfloat16 has steps of 1/256, and the
   * gradient of a target at 0.99 would be off by a fifth.
   */
  private NDArray chunk(NDArray h, Targets targets, NDArray loss) {
    NDArray logits = instead(logits(h), ScalarType.FLOAT32); //                [n,V]
    NDArray p = Layers.softmax(logits); //                                    [n,V]
    Arithmetic.subtractProductInPlace(
        loss,
        Tensors.scalar(1),
        Arithmetic.sum(Arithmetic.multiply(logLikelihood(logits, p, targets), targets.weights())));
    logits.close();
    NDArray minusOne =
        Tensors.full(targets.ids().getShape(), -1, ScalarType.FLOAT32, h.getDevice());
    Tensors.scatterAdd(p, 1, targets.ids(), minusOne);
    NDArray dLogits = instead(p, Tensors.type(h)); //                         [n,V]
    NDArray weights = Tensors.as(targets.weights(), Tensors.type(h)); //      [n,1]
    head.accumulate(
        Arithmetic.product(Tensors.transpose(dLogits, 0, 1), Arithmetic.multiply(h, weights)));
    NDArray dh = Arithmetic.product(dLogits, head.value()); //                [n,C]
    Arithmetic.multiplyInPlace(dh, weights);
    return dh;
  }

  /**
   * The logarithm of p at the targets, [n,1], finite where p itself is 0 in float32: the largest p
   * never is, and tells the sum of the exponentials.
   */
  private static NDArray logLikelihood(NDArray logits, NDArray p, Targets targets) {
    NDArray belowLargest =
        Arithmetic.add(
            Tensors.gather(logits, 1, targets.ids()),
            Arithmetic.multiply(Arithmetic.rowMaxima(logits), -1));
    return Arithmetic.add(belowLargest, Arithmetic.log(Arithmetic.rowMaxima(p)));
  }

  /** The tensor in a number format, in its own stead: no others of a step are as large. */
  private static NDArray instead(NDArray tensor, ScalarType type) {
    if (Tensors.type(tensor) == type) {
      return tensor;
    }
    try (tensor) {
      return Tensors.convert(tensor, type);
    }
  }
}
