package dev.wrought.serving.kernel;

/**
 * Cosines and sines of the rotary angles of a step's rows: of row r and pair i at {@code r * half +
 * i}. Computed anew for every step, which is nothing beside its multiplications; a table of every
 * place would take more memory the longer the context is, and a checkpoint may claim any. Angles
 * are rounded to floats as in Hugging Face's implementation, which models were trained with.
 */
public final class RotaryTable {
  private final float[] frequencies;
  private final float[] cosines;
  private final float[] sines;

  /**
   * @param rows the most rows of a step
   */
  public RotaryTable(double theta, int headDim, int rows) {
    frequencies = new float[headDim / 2];
    for (int i = 0; i < frequencies.length; i++) {
      frequencies[i] = (float) Math.pow(theta, -2.0 * i / headDim);
    }
    cosines = new float[rows * frequencies.length];
    sines = new float[rows * frequencies.length];
  }

  /** Gives a row the angles of its token's place; other rows may get theirs at the same time. */
  public void fill(int row, int position) {
    for (int i = 0; i < frequencies.length; i++) {
      float angle = position * frequencies[i];
      cosines[at(row) + i] = (float) Math.cos(angle);
      sines[at(row) + i] = (float) Math.sin(angle);
    }
  }

  /** How many pairs a head has. */
  int half() {
    return frequencies.length;
  }

  int at(int row) {
    return row * frequencies.length;
  }

  float[] cosines() {
    return cosines;
  }

  float[] sines() {
    return sines;
  }
}
