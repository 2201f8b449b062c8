package dev.wrought.torch.aten;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.List;

/** What an optimizer does to weights, in place and without gradients. */
public final class Updates {

  private Updates() {}

  /**
   * The operator takes lists, and these must come in from outside: built inside the script, they
   * make it update copies.
   */
  private static final class Scripts {
    static final Script UPDATES =
        Script.compile(
            """
              def adamw(self: __torch__.M, p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], steps: List[Tensor], lr: float, beta1: float, beta2: float, decay: float, eps: float, scale: Tensor) -> Tensor:
                torch._fused_adamw_(p, g, m, v, annotate(List[Tensor], []), steps, lr=lr, beta1=beta1, beta2=beta2, weight_decay=decay, eps=eps, amsgrad=False, maximize=False, grad_scale=scale, found_inf=None)
                return steps[0]
              def muon(self: __torch__.M, p: Tensor, g: Tensor, m: Tensor, divisor: Tensor, momentum: float, fresh: float, shrink: float, rate: float) -> Tensor:
                g0 = torch.div_(g, divisor)
                m0 = torch.lerp_(m, g0, fresh)
                x = torch.lerp(g0, m0, momentum)
                x = torch.div(x, torch.add(torch.linalg_vector_norm(x, 2, None, False, dtype=None), 1e-7, alpha=1))
                for i in range(5):
                  a = torch.mm(x, torch.t(x))
                  b = torch.addmm(a, a, a, beta=-4.775, alpha=2.0315)
                  x = torch.addmm(x, b, x, beta=3.4445, alpha=1)
                return torch.sub_(torch.mul_(p, shrink), x, alpha=rate)
              def norm(self: __torch__.M, x: Tensor) -> Tensor:
                return torch.linalg_vector_norm(x, 2, None, False, dtype=None)
            """);
  }

  /**
   * AdamW's constants.
   *
   * @param beta1 decay of the mean
   * @param beta2 decay of the variance
   * @param epsilon added to the root of the variance
   */
  public record Moments(double beta1, double beta2, double epsilon) {}

  /**
   * One step.
   *
   * @param count from 1
   * @param gradientDivisor by which the gradients are divided, and left so, on the way; a scalar
   */
  public record Step(
      long count, double learningRate, double weightDecay, NDArray gradientDivisor) {}

  /** AdamW with decoupled weight decay, in one pass over the memory. */
  public static void adamW(
      NDArray weights,
      NDArray gradients,
      NDArray means,
      NDArray variances,
      Step step,
      Moments moments) {
    try (NDArray count = Tensors.scalar(step.count())) {
      Scripts.UPDATES
          .update(
              "adamw",
              List.of(
                  Script.tensors(weights),
                  Script.tensors(gradients),
                  Script.tensors(means),
                  Script.tensors(variances),
                  Script.tensors(count),
                  IValue.from(step.learningRate()),
                  IValue.from(moments.beta1()),
                  IValue.from(moments.beta2()),
                  IValue.from(step.weightDecay()),
                  IValue.from(moments.epsilon()),
                  Script.tensor(step.gradientDivisor())))
          .close();
    }
  }

  /**
   * Muon on one matrix. Its momentum, looked ahead by Nesterov's rule, is brought near an
   * orthogonal matrix by five steps of a quintic Newton-Schulz iteration: singular values end
   * between 0.7 and 1.2, save those that were below a few thousandths of the Frobenius norm, which
   * end smaller.
   *
   * @param weights [A,B] with A at most B, as are gradients and momentum
   * @param gradientDivisor by which the gradients are divided, and left so; a scalar
   * @param decay of the momentum
   * @param shrink factor of the weights
   * @param rate factor of the orthogonal matrix
   */
  public static void muon(
      NDArray weights,
      NDArray gradients,
      NDArray momentum,
      NDArray gradientDivisor,
      double decay,
      double shrink,
      double rate) {
    Scripts.UPDATES
        .update(
            "muon",
            List.of(
                Script.tensor(weights),
                Script.tensor(gradients),
                Script.tensor(momentum),
                Script.tensor(gradientDivisor),
                IValue.from(decay),
                IValue.from(1 - decay),
                IValue.from(shrink),
                IValue.from(rate)))
        .close();
  }

  /** The Euclidean norm. */
  public static double norm(NDArray tensor) {
    try (NDArray norm = Scripts.UPDATES.update("norm", List.of(Script.tensor(tensor)))) {
      return Tensors.item(norm);
    }
  }
}
