package dev.wrought.torch.aten;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The operators that a transformer consists of, and their derivatives. Gradients flow through all
 * but the derivatives.
 */
public final class Layers {

  /** Targets with this id have no loss. */
  public static final int IGNORED = -100;

  private static final Operator EMBEDDING = Operator.of("aten::embedding");
  private static final Operator EMBEDDING_BACKWARD = Operator.of("aten::embedding_dense_backward");
  private static final Operator LINEAR = Operator.of("aten::linear");
  private static final Operator SILU = Operator.of("aten::silu");
  private static final Operator SILU_BACKWARD = Operator.of("aten::silu_backward");
  private static final Operator SOFTMAX = Operator.of("aten::_softmax");
  private static final Operator SOFTMAX_BACKWARD = Operator.of("aten::_softmax_backward_data");
  private static final Operator ATTENTION = Operator.of("aten::scaled_dot_product_attention");
  private static final Operator CROSS_ENTROPY = Operator.of("aten::cross_entropy_loss");

  private static final Map<Double, Script> LAYER_NORMS = new ConcurrentHashMap<>();

  /** {@code reduction} of a loss, as libtorch counts. */
  private static final int NO_REDUCTION = 0;

  private Layers() {}

  private static final class Scripts {
    static final Script GELU =
        Script.compile(
            """
              def exact(self: __torch__.M, x: Tensor) -> Tensor:
                return torch.gelu(x, approximate="none")
              def tanh(self: __torch__.M, x: Tensor) -> Tensor:
                return torch.gelu(x, approximate="tanh")
              def exact_backward(self: __torch__.M, dy: Tensor, x: Tensor) -> Tensor:
                return torch.gelu_backward(dy, x, approximate="none")
              def tanh_backward(self: __torch__.M, dy: Tensor, x: Tensor) -> Tensor:
                return torch.gelu_backward(dy, x, approximate="tanh")
            """);
    static final Script LAYER_NORM_BACKWARD =
        Script.compile(
            """
              def backward(self: __torch__.M, dy: Tensor, x: Tensor, mean: Tensor, rstd: Tensor, weight: Tensor, bias: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
                return torch.native_layer_norm_backward(dy, x, [torch.size(x, -1)], mean, rstd, weight, bias, [True, True, True])
            """);
  }

  /**
   * Rows of a table.
   *
   * @param weight [V,C]
   * @param ids int64 of any shape
   * @return the ids' shape with C behind it
   */
  public static NDArray embedding(NDArray weight, NDArray ids) {
    return EMBEDDING.call().tensor(weight).tensor(ids).integer(-1).flag(false).flag(false).one();
  }

  /**
   * The gradient of the whole table.
   *
   * @param dy [N,C]
   * @param ids [N]
   * @param rows V
   * @return [V,C]
   */
  public static NDArray embeddingBackward(NDArray dy, NDArray ids, long rows) {
    return EMBEDDING_BACKWARD
        .call()
        .tensor(dy)
        .tensor(ids)
        .integer(rows)
        .integer(-1)
        .flag(false)
        .one();
  }

  /**
   * {@code x weight^T + bias}.
   *
   * @param x [..., in]
   * @param weight [out, in]
   * @return [..., out]
   */
  public static NDArray linear(NDArray x, NDArray weight, Optional<NDArray> bias) {
    return LINEAR.call().tensor(x).tensor(weight).optionalTensor(bias).one();
  }

  /**
   * A normalised tensor and what its derivative needs.
   *
   * @param mean [N,1]
   * @param rstd one over the standard deviation, [N,1]
   */
  public record Normalised(NDArray y, NDArray mean, NDArray rstd) {}

  /** The gradients of a norm's input, weight and bias. */
  public record NormGradients(NDArray x, NDArray weight, NDArray bias) {}

  /** Centred, scaled to variance 1 over the last dimension, times weight, plus bias. */
  public static Normalised layerNorm(NDArray x, NDArray weight, NDArray bias, double epsilon) {
    List<NDArray> results =
        LAYER_NORMS
            .computeIfAbsent(epsilon, Layers::layerNormScript)
            .many("layer_norm", List.of(x, weight, bias));
    return new Normalised(results.get(0), results.get(1), results.get(2));
  }

  private static Script layerNormScript(double epsilon) {
    return Script.compile(
        """
          def layer_norm(self: __torch__.M, x: Tensor, weight: Tensor, bias: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
            return torch.native_layer_norm(x, [torch.size(x, -1)], weight, bias, %s)
        """
            .formatted(Script.literal(epsilon)));
  }

  /** The derivative of {@link #layerNorm}; dy and x are of one number format. */
  public static NormGradients layerNormBackward(
      NDArray dy, NDArray x, Normalised forward, NDArray weight, NDArray bias) {
    List<NDArray> results =
        Scripts.LAYER_NORM_BACKWARD.many(
            "backward", List.of(dy, x, forward.mean(), forward.rstd(), weight, bias));
    return new NormGradients(results.get(0), results.get(1), results.get(2));
  }

  /**
   * The Gaussian error linear unit.
   *
   * @param tanh GPT-2's approximation instead of the exact error function
   */
  public static NDArray gelu(NDArray x, boolean tanh) {
    return Scripts.GELU.one(tanh ? "tanh" : "exact", List.of(x));
  }

  /** The derivative of {@link #gelu} at x, times dy. */
  public static NDArray geluBackward(NDArray dy, NDArray x, boolean tanh) {
    return Scripts.GELU.one(tanh ? "tanh_backward" : "exact_backward", List.of(dy, x));
  }

  /** {@code x sigmoid(x)}. */
  public static NDArray silu(NDArray x) {
    return SILU.call().tensor(x).one();
  }

  /** The derivative of {@link #silu} at x, times dy. */
  public static NDArray siluBackward(NDArray dy, NDArray x) {
    return SILU_BACKWARD.call().tensor(dy).tensor(x).one();
  }

  /** Softmax over the last dimension. */
  public static NDArray softmax(NDArray x) {
    return SOFTMAX.call().tensor(x).integer(-1).flag(false).one();
  }

  /** The derivative of {@link #softmax} where it returned y, times dy. */
  public static NDArray softmaxBackward(NDArray dy, NDArray y) {
    return SOFTMAX_BACKWARD.call().tensor(dy).tensor(y).integer(-1).type(Tensors.type(y)).one();
  }

  /**
   * Scaled-dot-product attention in one operator. The transformer's own, in strips, is faster on
   * CPUs; docs/adr/0004 has the measurements.
   *
   * @param q [B,H,T,D], already turned by its position
   * @param k [B,G,T,D]; G divides H, and each of the G serves H/G queries
   * @param v [B,G,T,D]
   * @param mask what is added to the scores, [B,1,T,T]; without one, attention is causal
   * @return [B,H,T,D]
   */
  public static NDArray attention(NDArray q, NDArray k, NDArray v, Optional<NDArray> mask) {
    return ATTENTION
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
   * The negative log-likelihood of each target.
   *
   * @param logits [N,V], float32
   * @param targets [N], int64; {@link #IGNORED} has loss 0
   * @return [N]
   */
  public static NDArray crossEntropy(NDArray logits, NDArray targets) {
    return CROSS_ENTROPY
        .call()
        .tensor(logits)
        .tensor(targets)
        .none()
        .integer(NO_REDUCTION)
        .integer(IGNORED)
        .number(0)
        .one();
  }
}
