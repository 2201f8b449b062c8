package dev.wrought.torch.transformer;

import ai.djl.ndarray.NDArray;
import dev.wrought.torch.aten.Arithmetic;
import dev.wrought.torch.aten.ScalarType;
import dev.wrought.torch.aten.Tensors;
import dev.wrought.torch.autograd.TensorScope;

/**
 * One layer of the decoder: attention, then the feed-forward network, each with a norm before it
 * and added to the residual stream, which is float32 [N,C].
 */
record Block(
    Norm attentionNorm,
    Attention attention,
    Norm feedForwardNorm,
    FeedForward feedForward,
    ScalarType type) {

  NDArray forward(NDArray x, Window window, Tape tape) {
    try (TensorScope scope = TensorScope.open()) {
      NDArray attended = attention.forward(attentionNorm.forward(x, tape), window, tape);
      NDArray middle = Arithmetic.add(x, attended); //               [N,C]
      NDArray fed = feedForward.forward(feedForwardNorm.forward(middle, tape), tape);
      return scope.release(Arithmetic.add(middle, fed)); //          [N,C]
    }
  }

  /** The gradient of a sum goes both ways: along the stream, and through the branch. */
  NDArray backward(NDArray dy, Window window, Tape tape) {
    try (TensorScope scope = TensorScope.open()) {
      NDArray dFed = feedForward.backward(Tensors.as(dy, type), tape);
      NDArray dMiddle = feedForwardNorm.backward(dFed, tape);
      Arithmetic.addInPlace(dMiddle, dy); //                         [N,C]
      NDArray dAttended = attention.backward(Tensors.as(dMiddle, type), window, tape);
      NDArray dx = attentionNorm.backward(dAttended, tape);
      Arithmetic.addInPlace(dx, dMiddle); //                         [N,C]
      return scope.release(dx);
    }
  }
}
