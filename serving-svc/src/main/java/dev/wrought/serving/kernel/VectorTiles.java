package dev.wrought.serving.kernel;

import static dev.wrought.serving.kernel.VectorMath.LANES;
import static dev.wrought.serving.kernel.VectorMath.ORDER;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The matrix multiplication: tiles of R rows by four vectors of outputs, whose sums stay in
 * registers while the inputs go by. Element arK is row r's sum for vector K of the tile.
 *
 * <p>Each sum starts with the bias and takes one fused multiply-add an input, in order. That is
 * what makes a row's result independent of the tile that it falls into, and of the vector width.
 *
 * <p>Six rows take 24 of 32 registers for sums and reach the multiply-add limit. Processors with
 * 256-bit vectors have 16: there two rows take 8, and {@link NarrowTiles} takes six. The tiles are
 * written out because the compiler keeps sums in registers only if each is a local variable, and
 * they call the Vector API directly because it stops inlining other methods into one as long as
 * these.
 */
final class VectorTiles {
  private static final VectorSpecies<Float> S = VectorMath.SPECIES;
  private static final long LINE = PackedMatrix.LINE_BYTES;
  private static final long VECTOR = LANES * (long) Float.BYTES;
  private static final int COLUMNS = 4 * LANES;
  private static final int MOST_ROWS = LANES == 8 ? 2 : 6;

  private VectorTiles() {}

  /** See {@link Kernels#multiply}. */
  static void multiply(PackedMatrix w, int panel, Rows x, int from, int to, Rows y) {
    int first = from;
    if (LANES == 8) {
      first = to - (to - from) % NarrowTiles.ROWS;
      NarrowTiles.multiply(w, panel, x, from, first, y);
    }
    for (int column = 0; column < PackedMatrix.PANEL; column += COLUMNS) {
      int row = first;
      while (row < to) {
        row += tile(w, panel, column, x, row, Math.min(to - row, MOST_ROWS), y);
      }
    }
  }

  /** Computes as many of the rows as one tile takes, and says how many. */
  private static int tile(
      PackedMatrix w, int panel, int column, Rows x, int row, int rows, Rows y) {
    switch (rows) {
      case 1 -> {
        one(w, panel, column, x, row, y);
        return 1;
      }
      case 2, 3 -> {
        two(w, panel, column, x, row, y);
        return 2;
      }
      case 4, 5 -> {
        four(w, panel, column, x, row, y);
        return 4;
      }
      default -> {
        six(w, panel, column, x, row, y);
        return 6;
      }
    }
  }

  private static void one(PackedMatrix w, int panel, int column, Rows x, int row, Rows y) {
    MemorySegment weights = w.weights();
    float[] xs = x.values();
    int x0 = x.at(row);
    long bias = panel * LINE + column * (long) Float.BYTES;
    FloatVector a00 = FloatVector.fromMemorySegment(S, w.biases(), bias, ORDER);
    FloatVector a01 = FloatVector.fromMemorySegment(S, w.biases(), bias + VECTOR, ORDER);
    FloatVector a02 = FloatVector.fromMemorySegment(S, w.biases(), bias + 2 * VECTOR, ORDER);
    FloatVector a03 = FloatVector.fromMemorySegment(S, w.biases(), bias + 3 * VECTOR, ORDER);
    long at = w.panelAt(panel) + column * (long) Float.BYTES;
    for (int k = 0; k < w.inputs(); k++, at += LINE) {
      FloatVector w0 = FloatVector.fromMemorySegment(S, weights, at, ORDER);
      FloatVector w1 = FloatVector.fromMemorySegment(S, weights, at + VECTOR, ORDER);
      FloatVector w2 = FloatVector.fromMemorySegment(S, weights, at + 2 * VECTOR, ORDER);
      FloatVector w3 = FloatVector.fromMemorySegment(S, weights, at + 3 * VECTOR, ORDER);
      FloatVector v0 = FloatVector.broadcast(S, xs[x0 + k]);
      a00 = w0.fma(v0, a00);
      a01 = w1.fma(v0, a01);
      a02 = w2.fma(v0, a02);
      a03 = w3.fma(v0, a03);
    }
    float[] ys = y.values();
    int y0 = y.at(row) + panel * PackedMatrix.PANEL + column;
    a00.intoArray(ys, y0);
    a01.intoArray(ys, y0 + LANES);
    a02.intoArray(ys, y0 + 2 * LANES);
    a03.intoArray(ys, y0 + 3 * LANES);
  }

  private static void two(PackedMatrix w, int panel, int column, Rows x, int row, Rows y) {
    MemorySegment weights = w.weights();
    float[] xs = x.values();
    int x0 = x.at(row);
    int x1 = x.at(row + 1);
    long bias = panel * LINE + column * (long) Float.BYTES;
    FloatVector a00 = FloatVector.fromMemorySegment(S, w.biases(), bias, ORDER);
    FloatVector a01 = FloatVector.fromMemorySegment(S, w.biases(), bias + VECTOR, ORDER);
    FloatVector a02 = FloatVector.fromMemorySegment(S, w.biases(), bias + 2 * VECTOR, ORDER);
    FloatVector a03 = FloatVector.fromMemorySegment(S, w.biases(), bias + 3 * VECTOR, ORDER);
    FloatVector a10 = a00, a11 = a01, a12 = a02, a13 = a03;
    long at = w.panelAt(panel) + column * (long) Float.BYTES;
    for (int k = 0; k < w.inputs(); k++, at += LINE) {
      FloatVector w0 = FloatVector.fromMemorySegment(S, weights, at, ORDER);
      FloatVector w1 = FloatVector.fromMemorySegment(S, weights, at + VECTOR, ORDER);
      FloatVector w2 = FloatVector.fromMemorySegment(S, weights, at + 2 * VECTOR, ORDER);
      FloatVector w3 = FloatVector.fromMemorySegment(S, weights, at + 3 * VECTOR, ORDER);
      FloatVector v0 = FloatVector.broadcast(S, xs[x0 + k]);
      a00 = w0.fma(v0, a00);
      a01 = w1.fma(v0, a01);
      a02 = w2.fma(v0, a02);
      a03 = w3.fma(v0, a03);
      FloatVector v1 = FloatVector.broadcast(S, xs[x1 + k]);
      a10 = w0.fma(v1, a10);
      a11 = w1.fma(v1, a11);
      a12 = w2.fma(v1, a12);
      a13 = w3.fma(v1, a13);
    }
    float[] ys = y.values();
    int y0 = y.at(row) + panel * PackedMatrix.PANEL + column;
    int y1 = y0 + y.stride();
    a00.intoArray(ys, y0);
    a01.intoArray(ys, y0 + LANES);
    a02.intoArray(ys, y0 + 2 * LANES);
    a03.intoArray(ys, y0 + 3 * LANES);
    a10.intoArray(ys, y1);
    a11.intoArray(ys, y1 + LANES);
    a12.intoArray(ys, y1 + 2 * LANES);
    a13.intoArray(ys, y1 + 3 * LANES);
  }

  private static void four(PackedMatrix w, int panel, int column, Rows x, int row, Rows y) {
    MemorySegment weights = w.weights();
    float[] xs = x.values();
    int x0 = x.at(row);
    int x1 = x.at(row + 1);
    int x2 = x.at(row + 2);
    int x3 = x.at(row + 3);
    long bias = panel * LINE + column * (long) Float.BYTES;
    FloatVector a00 = FloatVector.fromMemorySegment(S, w.biases(), bias, ORDER);
    FloatVector a01 = FloatVector.fromMemorySegment(S, w.biases(), bias + VECTOR, ORDER);
    FloatVector a02 = FloatVector.fromMemorySegment(S, w.biases(), bias + 2 * VECTOR, ORDER);
    FloatVector a03 = FloatVector.fromMemorySegment(S, w.biases(), bias + 3 * VECTOR, ORDER);
    FloatVector a10 = a00, a11 = a01, a12 = a02, a13 = a03;
    FloatVector a20 = a00, a21 = a01, a22 = a02, a23 = a03;
    FloatVector a30 = a00, a31 = a01, a32 = a02, a33 = a03;
    long at = w.panelAt(panel) + column * (long) Float.BYTES;
    for (int k = 0; k < w.inputs(); k++, at += LINE) {
      FloatVector w0 = FloatVector.fromMemorySegment(S, weights, at, ORDER);
      FloatVector w1 = FloatVector.fromMemorySegment(S, weights, at + VECTOR, ORDER);
      FloatVector w2 = FloatVector.fromMemorySegment(S, weights, at + 2 * VECTOR, ORDER);
      FloatVector w3 = FloatVector.fromMemorySegment(S, weights, at + 3 * VECTOR, ORDER);
      FloatVector v0 = FloatVector.broadcast(S, xs[x0 + k]);
      a00 = w0.fma(v0, a00);
      a01 = w1.fma(v0, a01);
      a02 = w2.fma(v0, a02);
      a03 = w3.fma(v0, a03);
      FloatVector v1 = FloatVector.broadcast(S, xs[x1 + k]);
      a10 = w0.fma(v1, a10);
      a11 = w1.fma(v1, a11);
      a12 = w2.fma(v1, a12);
      a13 = w3.fma(v1, a13);
      FloatVector v2 = FloatVector.broadcast(S, xs[x2 + k]);
      a20 = w0.fma(v2, a20);
      a21 = w1.fma(v2, a21);
      a22 = w2.fma(v2, a22);
      a23 = w3.fma(v2, a23);
      FloatVector v3 = FloatVector.broadcast(S, xs[x3 + k]);
      a30 = w0.fma(v3, a30);
      a31 = w1.fma(v3, a31);
      a32 = w2.fma(v3, a32);
      a33 = w3.fma(v3, a33);
    }
    float[] ys = y.values();
    int y0 = y.at(row) + panel * PackedMatrix.PANEL + column;
    int y1 = y0 + y.stride();
    int y2 = y1 + y.stride();
    int y3 = y2 + y.stride();
    a00.intoArray(ys, y0);
    a01.intoArray(ys, y0 + LANES);
    a02.intoArray(ys, y0 + 2 * LANES);
    a03.intoArray(ys, y0 + 3 * LANES);
    a10.intoArray(ys, y1);
    a11.intoArray(ys, y1 + LANES);
    a12.intoArray(ys, y1 + 2 * LANES);
    a13.intoArray(ys, y1 + 3 * LANES);
    a20.intoArray(ys, y2);
    a21.intoArray(ys, y2 + LANES);
    a22.intoArray(ys, y2 + 2 * LANES);
    a23.intoArray(ys, y2 + 3 * LANES);
    a30.intoArray(ys, y3);
    a31.intoArray(ys, y3 + LANES);
    a32.intoArray(ys, y3 + 2 * LANES);
    a33.intoArray(ys, y3 + 3 * LANES);
  }

  private static void six(PackedMatrix w, int panel, int column, Rows x, int row, Rows y) {
    MemorySegment weights = w.weights();
    float[] xs = x.values();
    int x0 = x.at(row);
    int x1 = x.at(row + 1);
    int x2 = x.at(row + 2);
    int x3 = x.at(row + 3);
    int x4 = x.at(row + 4);
    int x5 = x.at(row + 5);
    long bias = panel * LINE + column * (long) Float.BYTES;
    FloatVector a00 = FloatVector.fromMemorySegment(S, w.biases(), bias, ORDER);
    FloatVector a01 = FloatVector.fromMemorySegment(S, w.biases(), bias + VECTOR, ORDER);
    FloatVector a02 = FloatVector.fromMemorySegment(S, w.biases(), bias + 2 * VECTOR, ORDER);
    FloatVector a03 = FloatVector.fromMemorySegment(S, w.biases(), bias + 3 * VECTOR, ORDER);
    FloatVector a10 = a00, a11 = a01, a12 = a02, a13 = a03;
    FloatVector a20 = a00, a21 = a01, a22 = a02, a23 = a03;
    FloatVector a30 = a00, a31 = a01, a32 = a02, a33 = a03;
    FloatVector a40 = a00, a41 = a01, a42 = a02, a43 = a03;
    FloatVector a50 = a00, a51 = a01, a52 = a02, a53 = a03;
    long at = w.panelAt(panel) + column * (long) Float.BYTES;
    for (int k = 0; k < w.inputs(); k++, at += LINE) {
      FloatVector w0 = FloatVector.fromMemorySegment(S, weights, at, ORDER);
      FloatVector w1 = FloatVector.fromMemorySegment(S, weights, at + VECTOR, ORDER);
      FloatVector w2 = FloatVector.fromMemorySegment(S, weights, at + 2 * VECTOR, ORDER);
      FloatVector w3 = FloatVector.fromMemorySegment(S, weights, at + 3 * VECTOR, ORDER);
      FloatVector v0 = FloatVector.broadcast(S, xs[x0 + k]);
      a00 = w0.fma(v0, a00);
      a01 = w1.fma(v0, a01);
      a02 = w2.fma(v0, a02);
      a03 = w3.fma(v0, a03);
      FloatVector v1 = FloatVector.broadcast(S, xs[x1 + k]);
      a10 = w0.fma(v1, a10);
      a11 = w1.fma(v1, a11);
      a12 = w2.fma(v1, a12);
      a13 = w3.fma(v1, a13);
      FloatVector v2 = FloatVector.broadcast(S, xs[x2 + k]);
      a20 = w0.fma(v2, a20);
      a21 = w1.fma(v2, a21);
      a22 = w2.fma(v2, a22);
      a23 = w3.fma(v2, a23);
      FloatVector v3 = FloatVector.broadcast(S, xs[x3 + k]);
      a30 = w0.fma(v3, a30);
      a31 = w1.fma(v3, a31);
      a32 = w2.fma(v3, a32);
      a33 = w3.fma(v3, a33);
      FloatVector v4 = FloatVector.broadcast(S, xs[x4 + k]);
      a40 = w0.fma(v4, a40);
      a41 = w1.fma(v4, a41);
      a42 = w2.fma(v4, a42);
      a43 = w3.fma(v4, a43);
      FloatVector v5 = FloatVector.broadcast(S, xs[x5 + k]);
      a50 = w0.fma(v5, a50);
      a51 = w1.fma(v5, a51);
      a52 = w2.fma(v5, a52);
      a53 = w3.fma(v5, a53);
    }
    float[] ys = y.values();
    int y0 = y.at(row) + panel * PackedMatrix.PANEL + column;
    int y1 = y0 + y.stride();
    int y2 = y1 + y.stride();
    int y3 = y2 + y.stride();
    int y4 = y3 + y.stride();
    int y5 = y4 + y.stride();
    a00.intoArray(ys, y0);
    a01.intoArray(ys, y0 + LANES);
    a02.intoArray(ys, y0 + 2 * LANES);
    a03.intoArray(ys, y0 + 3 * LANES);
    a10.intoArray(ys, y1);
    a11.intoArray(ys, y1 + LANES);
    a12.intoArray(ys, y1 + 2 * LANES);
    a13.intoArray(ys, y1 + 3 * LANES);
    a20.intoArray(ys, y2);
    a21.intoArray(ys, y2 + LANES);
    a22.intoArray(ys, y2 + 2 * LANES);
    a23.intoArray(ys, y2 + 3 * LANES);
    a30.intoArray(ys, y3);
    a31.intoArray(ys, y3 + LANES);
    a32.intoArray(ys, y3 + 2 * LANES);
    a33.intoArray(ys, y3 + 3 * LANES);
    a40.intoArray(ys, y4);
    a41.intoArray(ys, y4 + LANES);
    a42.intoArray(ys, y4 + 2 * LANES);
    a43.intoArray(ys, y4 + 3 * LANES);
    a50.intoArray(ys, y5);
    a51.intoArray(ys, y5 + LANES);
    a52.intoArray(ys, y5 + 2 * LANES);
    a53.intoArray(ys, y5 + 3 * LANES);
  }
}
