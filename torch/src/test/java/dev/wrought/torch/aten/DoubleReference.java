package dev.wrought.torch.aten;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** The operators in plain Java and double precision, row-major, to hold libtorch's to. */
final class DoubleReference {

  private DoubleReference() {}

  static double[] of(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }

  static double[] map(double[] x, DoubleUnaryOperator f) {
    return Arrays.stream(x).map(f).toArray();
  }

  /** [n,k] times [k,m]. */
  static double[] product(double[] a, double[] b, int n, int k, int m) {
    double[] c = new double[n * m];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < m; j++) {
        for (int l = 0; l < k; l++) {
          c[i * m + j] += a[i * k + l] * b[l * m + j];
        }
      }
    }
    return c;
  }

  static double[] transpose(double[] a, int n, int m) {
    double[] b = new double[a.length];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < m; j++) {
        b[j * n + i] = a[i * m + j];
      }
    }
    return b;
  }

  static double[] softmax(double[] x, int width) {
    double[] y = new double[x.length];
    for (int row = 0; row < x.length; row += width) {
      double max = Double.NEGATIVE_INFINITY;
      double sum = 0;
      for (int i = row; i < row + width; i++) {
        max = Math.max(max, x[i]);
      }
      for (int i = row; i < row + width; i++) {
        y[i] = Math.exp(x[i] - max);
        sum += y[i];
      }
      for (int i = row; i < row + width; i++) {
        y[i] /= sum;
      }
    }
    return y;
  }

  static double[] layerNorm(double[] x, double[] weight, double[] bias, double epsilon) {
    int width = weight.length;
    double[] y = new double[x.length];
    for (int row = 0; row < x.length; row += width) {
      double mean = Arrays.stream(x, row, row + width).average().orElseThrow();
      double variance =
          Arrays.stream(x, row, row + width).map(v -> (v - mean) * (v - mean)).average().orElse(0);
      for (int i = 0; i < width; i++) {
        y[row + i] = (x[row + i] - mean) / Math.sqrt(variance + epsilon) * weight[i] + bias[i];
      }
    }
    return y;
  }

  /** By the error function's series, exact to 1e-12 for the arguments of tests. */
  static double gelu(double x) {
    return 0.5 * x * (1 + erf(x / Math.sqrt(2)));
  }

  static double geluTanh(double x) {
    return 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
  }

  static double silu(double x) {
    return x / (1 + Math.exp(-x));
  }

  private static double erf(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; n < 200; n++) {
      term *= -x * x / n;
      sum += term / (2 * n + 1);
    }
    return 2 / Math.sqrt(Math.PI) * sum;
  }

  /** Causal attention of one head: q, k, v [t,d]. */
  static double[] causalAttention(double[] q, double[] k, double[] v, int t, int d) {
    double[] scores = product(q, transpose(k, t, d), t, d, t);
    for (int i = 0; i < t; i++) {
      for (int j = 0; j < t; j++) {
        scores[i * t + j] = j > i ? Double.NEGATIVE_INFINITY : scores[i * t + j] / Math.sqrt(d);
      }
    }
    return product(softmax(scores, t), v, t, t, d);
  }

  /** The slope of a function by central differences. */
  static double slope(DoubleUnaryOperator f, double x) {
    double h = 1e-5;
    return (f.applyAsDouble(x + h) - f.applyAsDouble(x - h)) / (2 * h);
  }
}
