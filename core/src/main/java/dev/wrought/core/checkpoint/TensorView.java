package dev.wrought.core.checkpoint;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * A tensor's type, shape and little-endian, row-major data. The data belongs to whoever gave the
 * view: of a {@link SafetensorsFile} it lives until the file is closed, and is read-only.
 */
public record TensorView(TensorType type, long[] shape, MemorySegment data) {
  public TensorView {
    shape = shape.clone();
    long expected = sizeBytes(type, shape);
    if (data.byteSize() != expected) {
      throw new IllegalArgumentException(
          "a tensor of type %s and shape %s holds %d bytes, not %d"
              .formatted(type, Arrays.toString(shape), expected, data.byteSize()));
    }
  }

  @Override
  public long[] shape() {
    return shape.clone();
  }

  /** How many elements. */
  public long elements() {
    return data.byteSize() / type.sizeBytes();
  }

  /**
   * Bytes of a tensor of this type and shape.
   *
   * @throws ArithmeticException if that exceeds 2^63-1
   */
  static long sizeBytes(TensorType type, long[] shape) {
    long size = type.sizeBytes();
    for (long dimension : shape) {
      size = Math.multiplyExact(size, dimension);
    }
    return size;
  }
}
