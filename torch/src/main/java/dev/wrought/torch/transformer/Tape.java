package dev.wrought.torch.transformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.wrought.torch.aten.Owner;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What the way forward leaves for the way back: a stack of tensors. Each part of the model keeps
 * what its derivative needs and takes it in the opposite order, so that memory is freed as the way
 * back proceeds. A tensor is kept at most once.
 */
final class Tape {

  private final Deque<NDArray> kept = new ArrayDeque<>();
  private final boolean keeps;
  private final NDManager home;

  private Tape(boolean keeps, NDManager home) {
    this.keeps = keeps;
    this.home = home;
  }

  /** A tape for one way forward and back within the innermost scope. */
  static Tape recording() {
    return new Tape(true, Owner.current());
  }

  /** A tape for evaluation, which keeps nothing. */
  static Tape none() {
    return new Tape(false, Owner.current());
  }

  /** Keeps a tensor beyond the scope that made it. */
  NDArray keep(NDArray tensor) {
    if (keeps) {
      tensor.attach(home);
      kept.push(tensor);
    }
    return tensor;
  }

  /** The tensor kept last, which the innermost scope now owns. */
  NDArray take() {
    NDArray tensor = kept.pop();
    tensor.attach(Owner.current());
    return tensor;
  }
}
