package dev.wrought.torch.aten;

import ai.djl.ndarray.NDManager;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Who owns the results of operators: the innermost manager that the calling thread has entered.
 *
 * <p>DJL would attach a result to its left operand's manager, so that every product with a weight
 * would live as long as the model (measured: 1.8 GB after 500 steps). Scopes of the autograd room
 * are the way to use this class.
 */
public final class Owner {

  private static final ThreadLocal<Deque<NDManager>> ENTERED =
      ThreadLocal.withInitial(ArrayDeque::new);

  private Owner() {}

  /** A new owner, which its holder closes. */
  public static NDManager create() {
    Libtorch.abi();
    return NDManager.newBaseManager("PyTorch");
  }

  /** Makes a manager the owner of results on this thread, until {@link #leave}. */
  public static void enter(NDManager manager) {
    ENTERED.get().push(manager);
  }

  /**
   * Ends the manager's ownership.
   *
   * @throws WroughtException INTERNAL_ERROR if it is not the innermost one of this thread
   */
  public static void leave(NDManager manager) {
    if (ENTERED.get().peek() != manager) {
      throw new WroughtException(
          ErrorCode.INTERNAL_ERROR,
          "a tensor scope was closed out of order, or on another thread than it was opened on");
    }
    ENTERED.get().pop();
  }

  /** The innermost owner, if the thread has entered one. */
  public static Optional<NDManager> innermost() {
    return Optional.ofNullable(ENTERED.get().peek());
  }

  /**
   * The innermost owner.
   *
   * @throws WroughtException INTERNAL_ERROR if the thread has entered none
   */
  public static NDManager current() {
    return innermost()
        .orElseThrow(() ->
            new WroughtException(
                ErrorCode.INTERNAL_ERROR,
                "tensor operators need an open TensorScope on their thread"));
  }
}
