package dev.wrought.torch.aten;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;

/** Element by element, with broadcasting; sums; and products of matrices. */
public final class Arithmetic {

  private static final Operator MULTIPLY = Operator.of("aten::mul.Tensor");
  private static final Operator MULTIPLY_IN_PLACE = Operator.of("aten::mul_.Tensor");
  private static final Operator RSQRT = Operator.of("aten::rsqrt");
  private static final Operator LOG = Operator.of("aten::log");
  private static final Operator SUM = Operator.of("aten::sum");
  private static final Operator MM = Operator.of("aten::mm");
  private static final Operator BMM = Operator.of("aten::bmm");

  private Arithmetic() {}

  private static final class Scripts {
    static final Script SCRIPT =
        Script.compile(
            """
              def add_product(self: __torch__.M, x: Tensor, a: Tensor, b: Tensor) -> Tensor:
                return torch.addcmul_(x, a, b, value=1)
              def subtract_product(self: __torch__.M, x: Tensor, a: Tensor, b: Tensor) -> Tensor:
                return torch.addcmul_(x, a, b, value=-1)
              def row_norms(self: __torch__.M, x: Tensor) -> Tensor:
                return torch.linalg_vector_norm(x, 2, [-1], True, dtype=None)
              def row_maxima(self: __torch__.M, x: Tensor) -> Tensor:
                return torch.amax(x, [-1], True)
            """);
  }

  /** {@code a + b}, in the wider of their number formats. */
  public static NDArray add(NDArray a, NDArray b) {
    return Tensors.own(JniUtils.add((PtNDArray) a, (PtNDArray) b));
  }

  /** {@code a + number}. */
  public static NDArray add(NDArray a, double number) {
    try (NDArray scalar = Tensors.scalar(number)) {
      return add(a, scalar);
    }
  }

  /** {@code a += b}, in a's number format. */
  public static void addInPlace(NDArray a, NDArray b) {
    JniUtils.addi((PtNDArray) a, (PtNDArray) b);
  }

  /** {@code a * b}. */
  public static NDArray multiply(NDArray a, NDArray b) {
    return MULTIPLY.call().tensor(a).tensor(b).one();
  }

  /** {@code a * factor}. */
  public static NDArray multiply(NDArray a, double factor) {
    try (NDArray scalar = Tensors.scalar(factor)) {
      return multiply(a, scalar);
    }
  }

  /** {@code a *= b}. */
  public static void multiplyInPlace(NDArray a, NDArray b) {
    MULTIPLY_IN_PLACE.call().tensor(a).tensor(b).inPlace();
  }

  /** {@code a *= factor}. */
  public static void multiplyInPlace(NDArray a, double factor) {
    try (NDArray scalar = Tensors.scalar(factor)) {
      multiplyInPlace(a, scalar);
    }
  }

  /** {@code x += a * b}. */
  public static void addProductInPlace(NDArray x, NDArray a, NDArray b) {
    Scripts.SCRIPT.one("add_product", List.of(x, a, b)).close();
  }

  /** {@code x -= a * b}. */
  public static void subtractProductInPlace(NDArray x, NDArray a, NDArray b) {
    Scripts.SCRIPT.one("subtract_product", List.of(x, a, b)).close();
  }

  /** {@code 1 / sqrt(a)}. */
  public static NDArray rsqrt(NDArray a) {
    return RSQRT.call().tensor(a).one();
  }

  /** The natural logarithm. */
  public static NDArray log(NDArray a) {
    return LOG.call().tensor(a).one();
  }

  /** The sum of all elements. */
  public static NDArray sum(NDArray a) {
    return SUM.call().tensor(a).none().one();
  }

  /** Sums over one dimension, which disappears. */
  public static NDArray sum(NDArray a, int dimension) {
    return sum(a, dimension, false);
  }

  /** Sums over the last dimension, which stays with size 1. */
  public static NDArray rowSums(NDArray a) {
    return sum(a, a.getShape().dimension() - 1, true);
  }

  private static NDArray sum(NDArray a, int dimension, boolean keep) {
    return Tensors.own(JniUtils.sum((PtNDArray) a, new long[] {dimension}, keep));
  }

  /** Euclidean norms over the last dimension, which stays with size 1. */
  public static NDArray rowNorms(NDArray a) {
    return Scripts.SCRIPT.one("row_norms", List.of(a));
  }

  /** The largest numbers over the last dimension, which stays with size 1. */
  public static NDArray rowMaxima(NDArray a) {
    return Scripts.SCRIPT.one("row_maxima", List.of(a));
  }

  /** [N,K] times [K,M]. */
  public static NDArray product(NDArray a, NDArray b) {
    return MM.call().tensor(a).tensor(b).one();
  }

  /** [B,N,K] times [B,K,M], each of the B for itself. */
  public static NDArray batchProduct(NDArray a, NDArray b) {
    return BMM.call().tensor(a).tensor(b).one();
  }
}
