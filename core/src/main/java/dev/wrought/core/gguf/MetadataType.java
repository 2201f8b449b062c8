package dev.wrought.core.gguf;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;

/** The types of metadata values; a constant's place is its number in a file. */
public enum MetadataType {
  UINT8(1, Kind.INTEGER),
  INT8(1, Kind.INTEGER),
  UINT16(2, Kind.INTEGER),
  INT16(2, Kind.INTEGER),
  UINT32(4, Kind.INTEGER),
  INT32(4, Kind.INTEGER),
  FLOAT32(4, Kind.REAL),
  BOOL(1, Kind.BOOLEAN),
  STRING(8, Kind.SEQUENCE),
  ARRAY(12, Kind.SEQUENCE),
  UINT64(8, Kind.INTEGER),
  INT64(8, Kind.INTEGER),
  FLOAT64(8, Kind.REAL);

  private enum Kind {
    INTEGER,
    REAL,
    BOOLEAN,
    SEQUENCE
  }

  private final int leastBytes;
  private final Kind kind;

  MetadataType(int leastBytes, Kind kind) {
    this.leastBytes = leastBytes;
    this.kind = kind;
  }

  /** The type's name in the specification: {@code uint32}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether values are integers, of whatever width. */
  public boolean isInteger() {
    return kind == Kind.INTEGER;
  }

  /** Whether values are floating-point numbers. */
  public boolean isReal() {
    return kind == Kind.REAL;
  }

  /** Whether every value has as many bytes: all but strings and arrays. */
  public boolean isFixedWidth() {
    return kind != Kind.SEQUENCE;
  }

  static Optional<MetadataType> numbered(long number) {
    return number >= 0 && number < values().length
        ? Optional.of(values()[(int) number])
        : Optional.empty();
  }

  int number() {
    return ordinal();
  }

  /** The bytes of a value; of a string or an array, those of an empty one. */
  int leastBytes() {
    return leastBytes;
  }

  /** Whether an integer is in this type's range; a long is the bits of any uint64. */
  boolean holds(long value) {
    return switch (this) {
      case UINT8 -> value >>> Byte.SIZE == 0;
      case UINT16 -> value >>> Short.SIZE == 0;
      case UINT32 -> value >>> Integer.SIZE == 0;
      case INT8 -> value == (byte) value;
      case INT16 -> value == (short) value;
      case INT32 -> value == (int) value;
      case UINT64, INT64 -> true;
      case FLOAT32, FLOAT64, BOOL, STRING, ARRAY -> false;
    };
  }

  /**
   * The bits of a value of fixed width: an integer's value, a floating-point number's pattern.
   *
   * @param from little-endian
   */
  long read(ByteBuffer from, int at) {
    return switch (this) {
      case UINT8, BOOL -> Byte.toUnsignedLong(from.get(at));
      case INT8 -> from.get(at);
      case UINT16 -> Short.toUnsignedLong(from.getShort(at));
      case INT16 -> from.getShort(at);
      case UINT32, FLOAT32 -> Integer.toUnsignedLong(from.getInt(at));
      case INT32 -> from.getInt(at);
      case UINT64, INT64, FLOAT64 -> from.getLong(at);
      case STRING, ARRAY -> throw new IllegalStateException(label() + " has no fixed width");
    };
  }

  /** The other way of {@link #read}. */
  void write(ByteBuffer to, int at, long bits) {
    switch (this) {
      case UINT8, INT8, BOOL -> to.put(at, (byte) bits);
      case UINT16, INT16 -> to.putShort(at, (short) bits);
      case UINT32, INT32, FLOAT32 -> to.putInt(at, (int) bits);
      case UINT64, INT64, FLOAT64 -> to.putLong(at, bits);
      case STRING, ARRAY -> throw new IllegalStateException(label() + " has no fixed width");
    }
  }

  /** The number that {@link #read} gave the pattern of. */
  double real(long bits) {
    return this == FLOAT32 ? Float.intBitsToFloat((int) bits) : Double.longBitsToDouble(bits);
  }

  /** The pattern of a number. */
  long bits(double real) {
    return this == FLOAT32
        ? Float.floatToRawIntBits((float) real)
        : Double.doubleToRawLongBits(real);
  }
}
