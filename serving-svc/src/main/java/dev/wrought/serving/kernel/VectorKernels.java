package dev.wrought.serving.kernel;

import static dev.wrought.serving.kernel.VectorMath.LANES;
import static dev.wrought.serving.kernel.VectorMath.SPECIES;
import static dev.wrought.serving.kernel.VectorMath.below;
import static dev.wrought.serving.kernel.VectorMath.broadcast;
import static dev.wrought.serving.kernel.VectorMath.load;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** The kernels on the Vector API, in the processor's widest registers. */
public final class VectorKernels implements Kernels {

  @Override
  public String name() {
    return "vector-" + SPECIES.vectorBitSize();
  }

  @Override
  public void multiply(PackedMatrix weights, int panel, Rows x, int from, int to, Rows y) {
    VectorTiles.multiply(weights, panel, x, from, to, y);
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
    VectorAttention.attend(cache, layer, span, keyValueHead, queries, row, out);
  }

  @Override
  public void add(float[] x, int xAt, float[] y, int yAt, int n) {
    int i = 0;
    for (; i < SPECIES.loopBound(n); i += LANES) {
      load(y, yAt + i).add(load(x, xAt + i)).intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      y[yAt + i] += x[xAt + i];
    }
  }

  @Override
  public void rmsNorm(float[] x, int xAt, float[] gain, float epsilon, float[] y, int yAt) {
    int n = gain.length;
    float scale = (float) (1 / Math.sqrt(sumOfSquares(x, xAt, n, 0) / (double) n + epsilon));
    int i = 0;
    for (; i < SPECIES.loopBound(n); i += LANES) {
      load(x, xAt + i).mul(scale).mul(load(gain, i)).intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      y[yAt + i] = x[xAt + i] * scale * gain[i];
    }
  }

  @Override
  public void layerNorm(
      float[] x, int xAt, float[] gain, float[] bias, float epsilon, float[] y, int yAt) {
    int n = gain.length;
    float mean = sum(x, xAt, n) / n;
    float scale = (float) (1 / Math.sqrt(sumOfSquares(x, xAt, n, mean) / (double) n + epsilon));
    int i = 0;
    for (; i < SPECIES.loopBound(n); i += LANES) {
      load(x, xAt + i).sub(mean).mul(scale).fma(load(gain, i), load(bias, i)).intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      y[yAt + i] = Math.fma((x[xAt + i] - mean) * scale, gain[i], bias[i]);
    }
  }

  private static float sum(float[] x, int at, int n) {
    FloatVector sum = broadcast(0);
    int i = 0;
    for (; i < SPECIES.loopBound(n); i += LANES) {
      sum = sum.add(load(x, at + i));
    }
    float total = VectorMath.sum(sum);
    for (; i < n; i++) {
      total += x[at + i];
    }
    return total;
  }

  private static float sumOfSquares(float[] x, int at, int n, float mean) {
    FloatVector sum = broadcast(0);
    int i = 0;
    for (; i < SPECIES.loopBound(n); i += LANES) {
      FloatVector v = load(x, at + i).sub(mean);
      sum = v.fma(v, sum);
    }
    float total = VectorMath.sum(sum);
    for (; i < n; i++) {
      float v = x[at + i] - mean;
      total = Math.fma(v, v, total);
    }
    return total;
  }

  @Override
  public void rotate(float[] head, int at, RotaryTable table, int row) {
    int half = table.half();
    int from = table.at(row);
    int i = 0;
    for (; i < SPECIES.loopBound(half); i += LANES) {
      FloatVector cosine = load(table.cosines(), from + i);
      FloatVector sine = load(table.sines(), from + i);
      FloatVector first = load(head, at + i);
      FloatVector second = load(head, at + half + i);
      first.mul(cosine).sub(second.mul(sine)).intoArray(head, at + i);
      second.mul(cosine).add(first.mul(sine)).intoArray(head, at + half + i);
    }
    for (; i < half; i++) {
      float cosine = table.cosines()[from + i];
      float sine = table.sines()[from + i];
      float first = head[at + i];
      float second = head[at + half + i];
      head[at + i] = first * cosine - second * sine;
      head[at + half + i] = second * cosine + first * sine;
    }
  }

  @Override
  public void swiGlu(float[] x, int xAt, int n, float[] y, int yAt) {
    int i = 0;
    for (; i < SPECIES.loopBound(n); i += LANES) {
      FloatVector gate = VectorMath.silu(load(x, xAt + i));
      gate.mul(load(x, xAt + n + i)).intoArray(y, yAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = below(i, n);
      FloatVector gate = VectorMath.silu(FloatVector.fromArray(SPECIES, x, xAt + i, rest));
      gate.mul(FloatVector.fromArray(SPECIES, x, xAt + n + i, rest)).intoArray(y, yAt + i, rest);
    }
  }

  @Override
  public void geluExact(float[] x, int at, int n) {
    int i = 0;
    for (; i < SPECIES.loopBound(n); i += LANES) {
      VectorMath.geluExact(load(x, at + i)).intoArray(x, at + i);
    }
    if (i < n) {
      VectorMask<Float> rest = below(i, n);
      FloatVector v = FloatVector.fromArray(SPECIES, x, at + i, rest);
      VectorMath.geluExact(v).intoArray(x, at + i, rest);
    }
  }

  @Override
  public void geluTanh(float[] x, int at, int n) {
    int i = 0;
    for (; i < SPECIES.loopBound(n); i += LANES) {
      VectorMath.geluTanh(load(x, at + i)).intoArray(x, at + i);
    }
    if (i < n) {
      VectorMask<Float> rest = below(i, n);
      FloatVector v = FloatVector.fromArray(SPECIES, x, at + i, rest);
      VectorMath.geluTanh(v).intoArray(x, at + i, rest);
    }
  }

  @Override
  public double logSumExp(float[] x, int at, int n) {
    float highest = highest(x, at, n);
    FloatVector sum = broadcast(0);
    int i = 0;
    for (; i < SPECIES.loopBound(n); i += LANES) {
      sum = sum.add(VectorMath.exp(load(x, at + i).sub(highest)));
    }
    if (i < n) {
      VectorMask<Float> rest = below(i, n);
      FloatVector v = FloatVector.fromArray(SPECIES, x, at + i, rest).sub(highest);
      sum = sum.add(VectorMath.exp(v), rest);
    }
    return highest + Math.log(VectorMath.sum(sum));
  }

  @Override
  public int argMax(float[] x, int at, int n) {
    float highest = highest(x, at, n);
    for (int i = 0; i < n; i++) {
      if (x[at + i] == highest) {
        return i;
      }
    }
    return 0;
  }

  private static float highest(float[] x, int at, int n) {
    FloatVector highest = broadcast(Float.NEGATIVE_INFINITY);
    int i = 0;
    for (; i < SPECIES.loopBound(n); i += LANES) {
      highest = highest.max(load(x, at + i));
    }
    float best = VectorMath.max(highest);
    for (; i < n; i++) {
      best = Math.max(best, x[at + i]);
    }
    return best;
  }
}
