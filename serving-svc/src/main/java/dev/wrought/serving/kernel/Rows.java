package dev.wrought.serving.kernel;

/**
 * Rows of activations in one array; row m begins at {@code m * stride}. The array belongs to
 * whoever allocated it and is overwritten at every step.
 */
public record Rows(float[] values, int stride) {

  /** Zeroed rows with room for whole panels of 64. */
  public static Rows allocate(int count, int width) {
    int stride = PackedMatrix.PANEL * Math.ceilDiv(width, PackedMatrix.PANEL);
    return new Rows(new float[Math.multiplyExact(count, stride)], stride);
  }

  /** Where a row begins. */
  public int at(int row) {
    return row * stride;
  }
}
