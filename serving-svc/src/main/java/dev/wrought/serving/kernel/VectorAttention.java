package dev.wrought.serving.kernel;

import static dev.wrought.serving.kernel.KeyValuePages.PAGE;
import static dev.wrought.serving.kernel.VectorMath.LANES;
import static dev.wrought.serving.kernel.VectorMath.broadcast;
import static dev.wrought.serving.kernel.VectorMath.load;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** Attention of one query over paged keys and values: scores, softmax, weighted sum of values. */
final class VectorAttention {
  private static final long VECTOR = LANES * (long) Float.BYTES;
  private static final long KEY_LINE = PAGE * (long) Float.BYTES;

  private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

  private VectorAttention() {}

  /** Room for one query's work, kept by each thread. */
  private static final class Scratch {
    float[] scores = {};
    float[] out = {};

    void reserve(int positions, int dim) {
      if (scores.length < positions) {
        scores = new float[positions + 1024];
      }
      if (out.length < dim) {
        out = new float[dim];
      }
    }
  }

  /** See {@link Kernels#attend}. */
  static void attend(
      KeyValuePages cache,
      int layer,
      Span span,
      int keyValueHead,
      Rows queries,
      int row,
      Rows out) {
    int dim = cache.headDim();
    Scratch scratch = SCRATCH.get();
    scratch.reserve(PAGE * Math.ceilDiv(span.positions(), PAGE), cache.paddedDim());
    for (int member = 0; member < cache.groupSize(); member++) {
      int head = (keyValueHead * cache.groupSize() + member) * dim;
      float highest =
          score(
              cache,
              cache.keysAt(layer, keyValueHead),
              span,
              queries.values(),
              queries.at(row) + head,
              scratch.scores);
      float sum = exponentials(scratch.scores, span.positions(), highest);
      long valuesAt = cache.valuesAt(layer, keyValueHead);
      weigh(cache, valuesAt, span, scratch.scores, 1 / sum, scratch.out);
      System.arraycopy(scratch.out, 0, out.values(), out.at(row) + head, dim);
    }
  }

  /** Scores of all positions, and the highest of them; positions beyond the span's are lowest. */
  private static float score(
      KeyValuePages cache, long keysAt, Span span, float[] query, int queryAt, float[] scores) {
    float scale = (float) (1 / Math.sqrt(cache.headDim()));
    int pages = Math.ceilDiv(span.positions(), PAGE);
    for (int p = 0; p < pages; p++) {
      MemorySegment page = cache.page(span.pages()[p]);
      for (int i = 0; i < PAGE; i += LANES) {
        scores(page, keysAt + i * (long) Float.BYTES, query, queryAt, cache.headDim())
            .mul(scale)
            .intoArray(scores, p * PAGE + i);
      }
    }
    Arrays.fill(scores, span.positions(), pages * PAGE, Float.NEGATIVE_INFINITY);
    FloatVector highest = broadcast(Float.NEGATIVE_INFINITY);
    for (int i = 0; i < pages * PAGE; i += LANES) {
      highest = highest.max(load(scores, i));
    }
    return VectorMath.max(highest);
  }

  /** Query times key for as many keys as a vector has lanes; four chains hide the latency. */
  private static FloatVector scores(
      MemorySegment page, long keysAt, float[] query, int queryAt, int dim) {
    FloatVector a0 = broadcast(0);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector a3 = a0;
    int d = 0;
    for (; d + 4 <= dim; d += 4) {
      long at = keysAt + d * KEY_LINE;
      a0 = load(page, at).fma(broadcast(query[queryAt + d]), a0);
      a1 = load(page, at + KEY_LINE).fma(broadcast(query[queryAt + d + 1]), a1);
      a2 = load(page, at + 2 * KEY_LINE).fma(broadcast(query[queryAt + d + 2]), a2);
      a3 = load(page, at + 3 * KEY_LINE).fma(broadcast(query[queryAt + d + 3]), a3);
    }
    for (; d < dim; d++) {
      a0 = load(page, keysAt + d * KEY_LINE).fma(broadcast(query[queryAt + d]), a0);
    }
    return a0.add(a1).add(a2.add(a3));
  }

  /** Replaces scores by exponentials and returns their sum. */
  private static float exponentials(float[] scores, int positions, float highest) {
    FloatVector sum = broadcast(0);
    for (int i = 0; i < positions; i += LANES) {
      FloatVector e = VectorMath.exp(load(scores, i).sub(highest));
      e.intoArray(scores, i);
      sum = sum.add(e);
    }
    return VectorMath.sum(sum);
  }

  /** The sum of the values, each times its weight. */
  private static void weigh(
      KeyValuePages cache, long valuesAt, Span span, float[] weights, float scale, float[] out) {
    int dim = cache.paddedDim();
    int d = 0;
    for (; d + 4 * LANES <= dim; d += 4 * LANES) {
      weighFour(cache, valuesAt + d * (long) Float.BYTES, span, weights, scale, out, d);
    }
    for (; d < dim; d += LANES) {
      weighOne(cache, valuesAt + d * (long) Float.BYTES, span, weights, scale, out, d);
    }
  }

  private static void weighFour(
      KeyValuePages cache,
      long valuesAt,
      Span span,
      float[] weights,
      float scale,
      float[] out,
      int outAt) {
    long line = cache.paddedDim() * (long) Float.BYTES;
    FloatVector a0 = broadcast(0);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector a3 = a0;
    for (int first = 0; first < span.positions(); first += PAGE) {
      MemorySegment page = cache.page(span.pages()[first / PAGE]);
      int end = Math.min(PAGE, span.positions() - first);
      long at = valuesAt;
      for (int i = 0; i < end; i++, at += line) {
        FloatVector weight = broadcast(weights[first + i]);
        a0 = load(page, at).fma(weight, a0);
        a1 = load(page, at + VECTOR).fma(weight, a1);
        a2 = load(page, at + 2 * VECTOR).fma(weight, a2);
        a3 = load(page, at + 3 * VECTOR).fma(weight, a3);
      }
    }
    a0.mul(scale).intoArray(out, outAt);
    a1.mul(scale).intoArray(out, outAt + LANES);
    a2.mul(scale).intoArray(out, outAt + 2 * LANES);
    a3.mul(scale).intoArray(out, outAt + 3 * LANES);
  }

  private static void weighOne(
      KeyValuePages cache,
      long valuesAt,
      Span span,
      float[] weights,
      float scale,
      float[] out,
      int outAt) {
    long line = cache.paddedDim() * (long) Float.BYTES;
    FloatVector sum = broadcast(0);
    for (int i = 0; i < span.positions(); i++) {
      MemorySegment page = cache.page(span.pages()[i / PAGE]);
      sum = load(page, valuesAt + i % PAGE * line).fma(broadcast(weights[i]), sum);
    }
    sum.mul(scale).intoArray(out, outAt);
  }
}
