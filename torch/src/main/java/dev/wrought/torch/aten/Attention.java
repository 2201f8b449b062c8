package dev.wrought.torch.aten;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;

/**
 * Scaled-dot-product attention without its matrix of scores in memory (Dao et al. 2022), for long
 * sequences. For short ones the matrices are faster; see docs/adr/0004.
 */
public final class Attention {

  private static final Operator FUSED = Operator.of("aten::scaled_dot_product_attention");
  private static final Operator FLASH =
      Operator.of("aten::_scaled_dot_product_flash_attention_for_cpu");
  private static final Operator FLASH_BACKWARD =
      Operator.of("aten::_scaled_dot_product_flash_attention_for_cpu_backward");

  private Attention() {}

  /** The result, and the logarithm of each row's sum that the derivative needs. */
  public record Attended(NDArray y, NDArray logSums) {}

  /** The gradients of queries, keys and values. */
  public record QkvGradients(NDArray q, NDArray k, NDArray v) {}

  /**
   * Attention with a history for autograd.
   *
   * @param q [B,H,T,D], already turned by its position
   * @param k [B,G,T,D]; G divides H, and each of the G serves H/G queries
   * @param v [B,G,T,D]
   * @param mask what is added to the scores, [B,1,T,T]; without one, attention is causal
   * @return [B,H,T,D]
   */
  public static NDArray fused(NDArray q, NDArray k, NDArray v, Optional<NDArray> mask) {
    return FUSED
        .call()
        .tensor(q)
        .tensor(k)
        .tensor(v)
        .optionalTensor(mask)
        .number(0)
        .flag(mask.isEmpty())
        .none()
        .flag(q.getShape().get(1) != k.getShape().get(1))
        .one();
  }

  /**
   * Attention on the CPU, to be differentiated by {@link #flashBackward}.
   *
   * @param q [B,H,T,D]
   * @param k [B,H,T,D]
   * @param v [B,H,T,D]
   */
  public static Attended flash(NDArray q, NDArray k, NDArray v, Optional<NDArray> mask) {
    List<NDArray> results =
        FLASH
            .call()
            .tensor(q)
            .tensor(k)
            .tensor(v)
            .number(0)
            .flag(mask.isEmpty())
            .optionalTensor(mask)
            .none()
            .many(2);
    return new Attended(results.get(0), results.get(1));
  }

  /** The derivative of {@link #flash}. */
  public static QkvGradients flashBackward(
      NDArray dy, NDArray q, NDArray k, NDArray v, Attended forward, Optional<NDArray> mask) {
    List<NDArray> results =
        FLASH_BACKWARD
            .call()
            .tensor(dy)
            .tensor(q)
            .tensor(k)
            .tensor(v)
            .tensor(forward.y())
            .tensor(forward.logSums())
            .number(0)
            .flag(mask.isEmpty())
            .optionalTensor(mask)
            .none()
            .many(3);
    return new QkvGradients(results.get(0), results.get(1), results.get(2));
  }
}
