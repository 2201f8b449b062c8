package dev.wrought.torch.aten;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.List;

/** What an optimizer does to many tensors at once, in place and without gradients. */
public final class Updates {

  private Updates() {}

  private static final class Scripts {
    static final Script UPDATES =
        Script.compile(
            """
              def adamw(self: __torch__.M, p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], steps: List[Tensor], lr: float, beta1: float, beta2: float, decay: float, eps: float, scale: Tensor) -> Tensor:
                torch._foreach_add_(steps, 1)
                torch._fused_adamw_(p, g, m, v, annotate(List[Tensor], []), steps, lr=lr, beta1=beta1, beta2=beta2, weight_decay=decay, eps=eps, amsgrad=False, maximize=False, grad_scale=scale, found_inf=None)
                return steps[0]
              def norm(self: __torch__.M, tensors: List[Tensor]) -> Tensor:
                norms = torch._foreach_norm(tensors, 2, None)
                return torch.linalg_vector_norm(torch.stack(norms, 0), 2, None, False, dtype=None)
            """);
  }

  /**
   * AdamW's moments.
   *
   * @param beta1 decay of the mean
   * @param beta2 decay of the variance
   * @param epsilon added to the root of the variance
   */
  public record Moments(double beta1, double beta2, double epsilon) {}

  /**
   * One step of AdamW with decoupled weight decay, in one pass over the memory. The lists are of
   * one length; the tensors of an index have one shape.
   *
   * @param steps float32 scalars, counted up before use
   * @param gradientDivisor by which the gradients are divided, and left so, on the way
   */
  public static void adamW(
      List<NDArray> parameters,
      List<NDArray> gradients,
      List<NDArray> means,
      List<NDArray> variances,
      List<NDArray> steps,
      double learningRate,
      double weightDecay,
      Moments moments,
      NDArray gradientDivisor) {
    Scripts.UPDATES
        .update(
            "adamw",
            List.of(
                Script.tensors(parameters),
                Script.tensors(gradients),
                Script.tensors(means),
                Script.tensors(variances),
                Script.tensors(steps),
                IValue.from(learningRate),
                IValue.from(moments.beta1()),
                IValue.from(moments.beta2()),
                IValue.from(weightDecay),
                IValue.from(moments.epsilon()),
                Script.tensor(gradientDivisor)))
        .close();
  }

  /** The Euclidean norm of all tensors together. */
  public static double norm(List<NDArray> tensors) {
    try (NDArray norm = Scripts.UPDATES.update("norm", List.of(Script.tensors(tensors)))) {
      return Tensors.item(norm);
    }
  }
}
