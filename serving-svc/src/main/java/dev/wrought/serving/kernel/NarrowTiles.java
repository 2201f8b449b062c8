package dev.wrought.serving.kernel;

import static dev.wrought.serving.kernel.VectorMath.LANES;
import static dev.wrought.serving.kernel.VectorMath.ORDER;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The tile for processors with 256-bit vectors, of which there are 16: six rows by two vectors take
 * 12 for sums, and the weights of its columns stay in the first-level cache from one tile to the
 * next. Written out, and summed in the order, as {@link VectorTiles} says.
 */
final class NarrowTiles {
  /** Rows of a tile. */
  static final int ROWS = 6;

  private static final VectorSpecies<Float> S = VectorMath.SPECIES;
  private static final long LINE = PackedMatrix.LINE_BYTES;
  private static final long VECTOR = LANES * (long) Float.BYTES;
  private static final int COLUMNS = 2 * LANES;

  private NarrowTiles() {}

  /** As {@link Kernels#multiply}, for rows whose number is a multiple of six. */
  static void multiply(PackedMatrix w, int panel, Rows x, int from, int to, Rows y) {
    for (int column = 0; column < PackedMatrix.PANEL; column += COLUMNS) {
      for (int row = from; row < to; row += ROWS) {
        tile(w, panel, column, x, row, y);
      }
    }
  }

  private static void tile(PackedMatrix w, int panel, int column, Rows x, int row, Rows y) {
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
    FloatVector a10 = a00, a11 = a01;
    FloatVector a20 = a00, a21 = a01;
    FloatVector a30 = a00, a31 = a01;
    FloatVector a40 = a00, a41 = a01;
    FloatVector a50 = a00, a51 = a01;
    long at = w.panelAt(panel) + column * (long) Float.BYTES;
    for (int k = 0; k < w.inputs(); k++, at += LINE) {
      FloatVector w0 = FloatVector.fromMemorySegment(S, weights, at, ORDER);
      FloatVector w1 = FloatVector.fromMemorySegment(S, weights, at + VECTOR, ORDER);
      FloatVector v0 = FloatVector.broadcast(S, xs[x0 + k]);
      a00 = w0.fma(v0, a00);
      a01 = w1.fma(v0, a01);
      FloatVector v1 = FloatVector.broadcast(S, xs[x1 + k]);
      a10 = w0.fma(v1, a10);
      a11 = w1.fma(v1, a11);
      FloatVector v2 = FloatVector.broadcast(S, xs[x2 + k]);
      a20 = w0.fma(v2, a20);
      a21 = w1.fma(v2, a21);
      FloatVector v3 = FloatVector.broadcast(S, xs[x3 + k]);
      a30 = w0.fma(v3, a30);
      a31 = w1.fma(v3, a31);
      FloatVector v4 = FloatVector.broadcast(S, xs[x4 + k]);
      a40 = w0.fma(v4, a40);
      a41 = w1.fma(v4, a41);
      FloatVector v5 = FloatVector.broadcast(S, xs[x5 + k]);
      a50 = w0.fma(v5, a50);
      a51 = w1.fma(v5, a51);
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
    a10.intoArray(ys, y1);
    a11.intoArray(ys, y1 + LANES);
    a20.intoArray(ys, y2);
    a21.intoArray(ys, y2 + LANES);
    a30.intoArray(ys, y3);
    a31.intoArray(ys, y3 + LANES);
    a40.intoArray(ys, y4);
    a41.intoArray(ys, y4 + LANES);
    a50.intoArray(ys, y5);
    a51.intoArray(ys, y5 + LANES);
  }
}
