package dev.wrought.serving.kernel;

/**
 * Cosines and sines of the rotary angles: of place p and pair i at {@code p * half + i}. Angles are
 * rounded to floats as in Hugging Face's implementation, which models were trained with.
 */
public final class RotaryTable {
  private final int half;
  private final float[] cosines;
  private final float[] sines;

  public RotaryTable(double theta, int headDim, int positions) {
    half = headDim / 2;
    cosines = new float[Math.multiplyExact(positions, half)];
    sines = new float[positions * half];
    for (int i = 0; i < half; i++) {
      float frequency = (float) Math.pow(theta, -2.0 * i / headDim);
      for (int position = 0; position < positions; position++) {
        float angle = position * frequency;
        cosines[position * half + i] = (float) Math.cos(angle);
        sines[position * half + i] = (float) Math.sin(angle);
      }
    }
  }

  /** How many pairs a head has. */
  int half() {
    return half;
  }

  int at(int position) {
    return position * half;
  }

  float[] cosines() {
    return cosines;
  }

  float[] sines() {
    return sines;
  }
}
