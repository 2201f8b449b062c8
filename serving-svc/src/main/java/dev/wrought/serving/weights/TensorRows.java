package dev.wrought.serving.weights;

import dev.wrought.core.checkpoint.TensorType;
import dev.wrought.core.checkpoint.TensorView;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * A tensor of a safetensors file, read row by row as floats, whatever it is stored in. A vector is
 * one row. Lives as long as the file is open; safe for several threads.
 */
public final class TensorRows {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final TensorType type;
  private final MemorySegment data;
  private final int rows;
  private final int columns;

  private TensorRows(TensorType type, MemorySegment data, int rows, int columns) {
    this.type = type;
    this.data = data;
    this.rows = rows;
    this.columns = columns;
  }

  /** Whether weights are stored in this number format. */
  static boolean canRead(TensorType type) {
    return switch (type) {
      case F32, BF16, F16 -> true;
      case F64, I64, U64, I32, U32, I16, U16, I8, U8, BOOL, F8_E4M3, F8_E5M2 -> false;
    };
  }

  /** A tensor of one or two dimensions, in a number format that can be read. */
  static TensorRows of(TensorView tensor) {
    long[] shape = tensor.shape();
    int columns = Math.toIntExact(shape[shape.length - 1]);
    int rows = shape.length == 1 ? 1 : Math.toIntExact(shape[0]);
    return new TensorRows(tensor.type(), tensor.data(), rows, columns);
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  /** Writes one row to {@code into}, from {@code at} on. */
  public void copyRow(int row, float[] into, int at) {
    long from = (long) row * columns * type.sizeBytes();
    switch (type) {
      case F32 -> MemorySegment.copy(data, FLOAT, from, into, at, columns);
      case BF16 -> {
        for (int i = 0; i < columns; i++) {
          int bits = data.get(SHORT, from + 2L * i) << 16;
          into[at + i] = Float.intBitsToFloat(bits);
        }
      }
      case F16 -> {
        for (int i = 0; i < columns; i++) {
          into[at + i] = Float.float16ToFloat(data.get(SHORT, from + 2L * i));
        }
      }
      case F64, I64, U64, I32, U32, I16, U16, I8, U8, BOOL, F8_E4M3, F8_E5M2 ->
          throw new AssertionError(type);
    }
  }

  /** The memory that the tensor takes, as it is stored. */
  long sizeBytes() {
    return data.byteSize();
  }

  /** A copy of one row. */
  float[] row(int row) {
    float[] copy = new float[columns];
    copyRow(row, copy, 0);
    return copy;
  }
}
