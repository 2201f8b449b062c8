package dev.wrought.serving.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The reference: plain loops, sums in double precision. It is what the vector kernels are tested
 * against, and what runs where the Vector API is missing.
 */
public final class ScalarKernels implements Kernels {

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public void multiply(PackedMatrix weights, int panel, Rows x, int from, int to, Rows y) {
    int first = panel * PackedMatrix.PANEL;
    int end = Math.min(first + PackedMatrix.PANEL, weights.outputs());
    for (int row = from; row < to; row++) {
      for (int output = first; output < end; output++) {
        double sum = weights.bias(output);
        for (int k = 0; k < weights.inputs(); k++) {
          sum += (double) x.values()[x.at(row) + k] * weights.weight(output, k);
        }
        y.values()[y.at(row) + output] = (float) sum;
      }
    }
  }

  @Override
  public void add(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] += x[xAt + i];
    }
  }

  @Override
  public void rmsNorm(float[] x, int xAt, float[] gain, float epsilon, float[] y, int yAt) {
    int n = gain.length;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      squares += (double) x[xAt + i] * x[xAt + i];
    }
    double scale = 1 / Math.sqrt(squares / n + epsilon);
    for (int i = 0; i < n; i++) {
      y[yAt + i] = (float) (x[xAt + i] * scale * gain[i]);
    }
  }

  @Override
  public void layerNorm(
      float[] x, int xAt, float[] gain, float[] bias, float epsilon, float[] y, int yAt) {
    int n = gain.length;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x[xAt + i];
    }
    double mean = sum / n;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      squares += (x[xAt + i] - mean) * (x[xAt + i] - mean);
    }
    double scale = 1 / Math.sqrt(squares / n + epsilon);
    for (int i = 0; i < n; i++) {
      y[yAt + i] = (float) ((x[xAt + i] - mean) * scale * gain[i] + bias[i]);
    }
  }

  @Override
  public void rotate(float[] head, int at, RotaryTable table, int row) {
    int half = table.half();
    for (int i = 0; i < half; i++) {
      double cosine = table.cosines()[table.at(row) + i];
      double sine = table.sines()[table.at(row) + i];
      double first = head[at + i];
      double second = head[at + half + i];
      head[at + i] = (float) (first * cosine - second * sine);
      head[at + half + i] = (float) (second * cosine + first * sine);
    }
  }

  @Override
  public void swiGlu(float[] x, int xAt, int n, float[] y, int yAt) {
    for (int i = 0; i < n; i++) {
      double gate = x[xAt + i];
      y[yAt + i] = (float) (gate / (1 + Math.exp(-gate)) * x[xAt + n + i]);
    }
  }

  @Override
  public void geluExact(float[] x, int at, int n) {
    for (int i = at; i < at + n; i++) {
      x[i] = (float) (0.5 * x[i] * (1 + erf(x[i] / Math.sqrt(2))));
    }
  }

  /**
   * {@code 2/sqrt(pi) exp(-x^2) sum of 2^n x^(2n+1) / (2n+1)!!}, whose terms all have one sign.
   * Source: Abramowitz and Stegun, 7.1.6.
   */
  static double erf(double x) {
    if (Math.abs(x) > 6) {
      return Math.signum(x);
    }
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }

  @Override
  public void geluTanh(float[] x, int at, int n) {
    for (int i = at; i < at + n; i++) {
      double v = x[i];
      double inner = Math.sqrt(2 / Math.PI) * (v + 0.044715 * v * v * v);
      x[i] = (float) (0.5 * v * (1 + Math.tanh(inner)));
    }
  }

  @Override
  public void attend(
      KeyValuePages cache,
      int layer,
      Span span,
      int keyValueHead,
      Rows queries,
      int row,
      Rows out) {
    int dim = cache.headDim();
    for (int member = 0; member < cache.groupSize(); member++) {
      int head = (keyValueHead * cache.groupSize() + member) * dim;
      double[] weights =
          scores(cache, layer, span, keyValueHead, queries.values(), queries.at(row) + head);
      softmax(weights);
      for (int d = 0; d < dim; d++) {
        double sum = 0;
        for (int i = 0; i < span.positions(); i++) {
          sum += weights[i] * value(cache, layer, span, keyValueHead, i, d);
        }
        out.values()[out.at(row) + head + d] = (float) sum;
      }
    }
  }

  private static double[] scores(
      KeyValuePages cache, int layer, Span span, int keyValueHead, float[] query, int at) {
    double[] scores = new double[span.positions()];
    for (int i = 0; i < scores.length; i++) {
      double dot = 0;
      for (int d = 0; d < cache.headDim(); d++) {
        dot += (double) query[at + d] * key(cache, layer, span, keyValueHead, i, d);
      }
      scores[i] = dot / Math.sqrt(cache.headDim());
    }
    return scores;
  }

  private static void softmax(double[] x) {
    double highest = Double.NEGATIVE_INFINITY;
    for (double score : x) {
      highest = Math.max(highest, score);
    }
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.exp(x[i] - highest);
      sum += x[i];
    }
    for (int i = 0; i < x.length; i++) {
      x[i] /= sum;
    }
  }

  private static float key(KeyValuePages cache, int layer, Span span, int head, int i, int d) {
    MemorySegment page = cache.page(span.pages()[i / KeyValuePages.PAGE]);
    long element = d * (long) KeyValuePages.PAGE + i % KeyValuePages.PAGE;
    return page.get(ValueLayout.JAVA_FLOAT, cache.keysAt(layer, head) + element * Float.BYTES);
  }

  private static float value(KeyValuePages cache, int layer, Span span, int head, int i, int d) {
    MemorySegment page = cache.page(span.pages()[i / KeyValuePages.PAGE]);
    long element = (i % KeyValuePages.PAGE) * (long) cache.paddedDim() + d;
    return page.get(ValueLayout.JAVA_FLOAT, cache.valuesAt(layer, head) + element * Float.BYTES);
  }

  @Override
  public double logSumExp(float[] x, int at, int n) {
    double highest = x[at + argMax(x, at, n)];
    double sum = 0;
    for (int i = at; i < at + n; i++) {
      sum += Math.exp(x[i] - highest);
    }
    return highest + Math.log(sum);
  }

  @Override
  public int argMax(float[] x, int at, int n) {
    int best = 0;
    for (int i = 1; i < n; i++) {
      if (x[at + i] > x[at + best]) {
        best = i;
      }
    }
    return best;
  }
}
