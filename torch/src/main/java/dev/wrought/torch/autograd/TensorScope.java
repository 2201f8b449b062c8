package dev.wrought.torch.autograd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.wrought.torch.aten.Owner;
import java.util.Optional;

/**
 * Owns every result of an operator on its thread while it is the innermost one, and frees them all
 * when it is closed: one step, one scope. Scopes nest; each is closed on the thread that opened it.
 *
 * {@snippet :
 * try (TensorScope step = TensorScope.open()) {
 *   NDArray loss = decoder.loss(ids, targets);
 *   Backward.from(loss);
 * }
 * }
 */
public final class TensorScope implements AutoCloseable {

  private final NDManager manager;
  private final boolean owned;
  private final Optional<NDManager> around;

  private TensorScope(NDManager manager, boolean owned, Optional<NDManager> around) {
    this.manager = manager;
    this.owned = owned;
    this.around = around;
    Owner.enter(manager);
  }

  /** A scope that frees its tensors at its end. */
  public static TensorScope open() {
    return new TensorScope(newHome(), true, Owner.innermost());
  }

  /** Lets a longer-lived owner have the results, and frees nothing at its end. */
  public static TensorScope within(NDManager home) {
    return new TensorScope(home, false, Owner.innermost());
  }

  /** An owner for tensors that outlive scopes, such as parameters; its holder closes it. */
  public static NDManager newHome() {
    return Owner.create();
  }

  /** Hands a tensor to the scope around this one, which it then outlives. */
  public NDArray release(NDArray tensor) {
    tensor.attach(
        around.orElseThrow(() -> new IllegalStateException("there is no scope around this one")));
    return tensor;
  }

  /** The owner behind this scope, to hand tensors to explicitly. */
  public NDManager home() {
    return manager;
  }

  @Override
  public void close() {
    Owner.leave(manager);
    if (owned) {
      manager.close();
    }
  }
}
