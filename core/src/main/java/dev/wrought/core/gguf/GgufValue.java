package dev.wrought.core.gguf;

/** A value of the metadata. Immutable, as its arrays are. */
public sealed interface GgufValue
    permits GgufValue.Int, GgufValue.Real, GgufValue.Bool, GgufValue.Text, GgufArray {

  /** The type that it has in a file. */
  MetadataType type();

  /**
   * An integer.
   *
   * @param type one of the integers' types
   * @param value within the type's range; of a uint64, the 64 bits, so that those from 2^63 on look
   *     negative
   */
  record Int(MetadataType type, long value) implements GgufValue {
    public Int {
      Checks.require(
          type.holds(value), () -> "%d is not a value of %s".formatted(value, type.label()));
    }

    /** Whether it lies between two longs; a uint64 of 2^63 or more never does. */
    boolean isWithin(long least, long most) {
      return !exceedsLong() && value >= least && value <= most;
    }

    private boolean exceedsLong() {
      return type == MetadataType.UINT64 && value < 0;
    }

    @Override
    public String toString() {
      return exceedsLong() ? Long.toUnsignedString(value) : Long.toString(value);
    }
  }

  /** A floating-point number. @param value rounded to the type */
  record Real(MetadataType type, double value) implements GgufValue {
    public Real {
      Checks.require(
          type.isReal(), () -> "%s is no type of floating-point numbers".formatted(type.label()));
      value = type.real(type.bits(value));
    }

    /** A float32. */
    public Real(float value) {
      this(MetadataType.FLOAT32, value);
    }
  }

  /** A truth value. */
  record Bool(boolean value) implements GgufValue {
    @Override
    public MetadataType type() {
      return MetadataType.BOOL;
    }
  }

  /** A string; any but one with a lone surrogate. */
  record Text(String value) implements GgufValue {
    public Text {
      StrictUtf8.check(value);
    }

    @Override
    public MetadataType type() {
      return MetadataType.STRING;
    }
  }
}
