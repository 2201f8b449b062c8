package dev.wrought.serving.kernel;

/**
 * The arithmetic of a transformer in 32-bit floats: a reference in plain loops and double
 * precision, and the same on the Vector API.
 *
 * <p>Every method computes its row, or its head, from that row's operands alone and in an order
 * that depends on nothing else. So a request's numbers have the same bits whatever else is in the
 * batch, however the work is divided among threads, and whether the code is interpreted or
 * compiled. Stateless and safe for several threads, which must not write the same rows.
 */
public sealed interface Kernels permits ScalarKernels, VectorKernels {

  /** {@code scalar}, or {@code vector-} and the width of a register in bits. */
  String name();

  /**
   * One panel of a linear layer: {@code y[m][n] = bias[n] + sum over k of x[m][k] weight[n][k]} for
   * the 64 outputs n of the panel and the rows m from {@code from} to below {@code to}. A row of y
   * has room for whole panels.
   */
  void multiply(PackedMatrix weights, int panel, Rows x, int from, int to, Rows y);

  /** {@code y += x}, n elements. */
  void add(float[] x, int xAt, float[] y, int yAt, int n);

  /** RMSNorm of {@code gain.length} elements. */
  void rmsNorm(float[] x, int xAt, float[] gain, float epsilon, float[] y, int yAt);

  /** LayerNorm of {@code gain.length} elements. */
  void layerNorm(float[] x, int xAt, float[] gain, float[] bias, float epsilon, float[] y, int yAt);

  /** Turns the pairs (i, i + half) of one head by the angles of a row, in place. */
  void rotate(float[] head, int at, RotaryTable table, int row);

  /** {@code y = silu(gate) * up}; gate and up lie one behind the other in x, n elements each. */
  void swiGlu(float[] x, int xAt, int n, float[] y, int yAt);

  /** GELU by the error function, in place. */
  void geluExact(float[] x, int at, int n);

  /** GELU by its approximation with tanh, in place. */
  void geluTanh(float[] x, int at, int n);

  /**
   * Causal attention of one row's queries that share a key-value head: softmax of q k / sqrt(dim)
   * over the span's positions, times the values. Query heads lie side by side in a row of {@code
   * queries} and of {@code out}.
   */
  void attend(
      KeyValuePages cache, int layer, Span span, int keyValueHead, Rows queries, int row, Rows out);

  /** The logarithm of the sum of the exponentials of n elements. */
  double logSumExp(float[] x, int at, int n);

  /** Where the largest of n elements is, relative to {@code at}; of equals, the first. */
  int argMax(float[] x, int at, int n);
}
