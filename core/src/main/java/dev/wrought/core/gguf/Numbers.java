package dev.wrought.core.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * An array of numbers or truth values of one type, packed as in a file: a vocabulary's 256,000
 * scores take a megabyte. Immutable.
 */
public final class Numbers implements GgufArray {
  private final MetadataType elementType;
  private final ByteBuffer packed;
  private final int size;

  /** An array of these bytes, which are the caller's no longer. */
  Numbers(MetadataType elementType, byte[] packed) {
    this.elementType = elementType;
    this.packed = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
    this.size = packed.length / elementType.leastBytes();
  }

  private Numbers(MetadataType elementType, int size) {
    this(elementType, new byte[Math.multiplyExact(size, elementType.leastBytes())]);
  }

  /** An array of integers of one of their types; those of a uint64 are given as its bits. */
  public static Numbers ofIntegers(MetadataType type, long... values) {
    Checks.require(type.isInteger(), () -> "%s is no type of integers".formatted(type.label()));
    Numbers numbers = new Numbers(type, values.length);
    for (int i = 0; i < values.length; i++) {
      numbers.set(i, new GgufValue.Int(type, values[i]).value());
    }
    return numbers;
  }

  /** An array of float32. */
  public static Numbers ofFloats(float... values) {
    Numbers numbers = new Numbers(MetadataType.FLOAT32, values.length);
    numbers.packed.asFloatBuffer().put(values);
    return numbers;
  }

  /** An array of float64. */
  public static Numbers ofDoubles(double... values) {
    Numbers numbers = new Numbers(MetadataType.FLOAT64, values.length);
    for (int i = 0; i < values.length; i++) {
      numbers.set(i, Double.doubleToRawLongBits(values[i]));
    }
    return numbers;
  }

  /** An array of truth values. */
  public static Numbers ofBooleans(boolean... values) {
    Numbers numbers = new Numbers(MetadataType.BOOL, values.length);
    for (int i = 0; i < values.length; i++) {
      numbers.set(i, values[i] ? 1 : 0);
    }
    return numbers;
  }

  @Override
  public MetadataType elementType() {
    return elementType;
  }

  @Override
  public int size() {
    return size;
  }

  /**
   * An integer, of whatever width; of a uint64, its bits.
   *
   * @throws IllegalStateException if the elements are none
   */
  public long integer(int index) {
    expect(elementType.isInteger(), "integers");
    return bits(index);
  }

  /**
   * A floating-point number, of either width.
   *
   * @throws IllegalStateException if the elements are none
   */
  public double real(int index) {
    expect(elementType.isReal(), "floating-point numbers");
    return elementType.real(bits(index));
  }

  /**
   * A truth value.
   *
   * @throws IllegalStateException if the elements are none
   */
  public boolean bool(int index) {
    expect(elementType == MetadataType.BOOL, "truth values");
    return bits(index) != 0;
  }

  /**
   * A copy of an array of float32.
   *
   * @throws IllegalStateException if the elements are none
   */
  public float[] toFloats() {
    expect(elementType == MetadataType.FLOAT32, "numbers of type float32");
    float[] floats = new float[size];
    packed.asFloatBuffer().get(floats);
    return floats;
  }

  /** The elements' bits, in a row. */
  byte[] toBytes() {
    return packed.array().clone();
  }

  long bits(int index) {
    Objects.checkIndex(index, size);
    return elementType.read(packed, index * elementType.leastBytes());
  }

  private void set(int index, long bits) {
    elementType.write(packed, index * elementType.leastBytes(), bits);
  }

  private void expect(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException(
          "an array of %s has no %s".formatted(elementType.label(), what));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Numbers numbers
        && elementType == numbers.elementType
        && packed.equals(numbers.packed);
  }

  @Override
  public int hashCode() {
    return Objects.hash(elementType, packed);
  }

  @Override
  public String toString() {
    return "%s[%d]".formatted(elementType.label(), size);
  }
}
