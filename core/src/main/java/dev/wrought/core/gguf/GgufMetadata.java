package dev.wrought.core.gguf;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.Nearest;
import dev.wrought.core.error.WroughtException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;

/**
 * What a file says of its model: values under keys, in the file's order. Immutable, and independent
 * of the file that it was read from.
 *
 * <p>The getters are for who needs a key: one that is missing is NOT_FOUND, one of another type or
 * out of range is CORRUPT_FILE, and both say what is allowed. Integers of all widths are alike to
 * them, as writers do not agree on one.
 */
public final class GgufMetadata {
  static final String ALIGNMENT = "general.alignment";
  static final int MAX_KEY_BYTES = 65_535;
  private static final int DEFAULT_ALIGNMENT = 32;
  private static final int LEAST_ALIGNMENT = 8;

  private final String source;
  private final SequencedMap<String, GgufValue> values;

  /** Metadata whose entries have been checked. @param source whose it is, for messages */
  GgufMetadata(String source, SequencedMap<String, GgufValue> values) {
    this.source = source;
    this.values = Collections.unmodifiableSequencedMap(values);
  }

  /**
   * Metadata for a file to write.
   *
   * @throws WroughtException INVALID_ARGUMENT for a key that is not allowed, and for an alignment
   */
  public static GgufMetadata of(SequencedMap<String, GgufValue> values) {
    values.forEach(GgufMetadata::check);
    return new GgufMetadata("the metadata", new LinkedHashMap<>(values));
  }

  /** Checks what the format says of any key, and of the one key that it gives a meaning to. */
  static void check(String key, GgufValue value) {
    Checks.require(
        !key.isEmpty()
            && key.length() <= MAX_KEY_BYTES
            && key.chars().allMatch(character -> character > ' ' && character < 0x7F),
        () ->
            "%s is not a key: 1 to %d visible ASCII characters are allowed"
                .formatted(key.isEmpty() ? "nothing" : Excerpt.of(key), MAX_KEY_BYTES));
    Checks.require(
        !key.equals(ALIGNMENT) || isAlignment(value),
        () ->
            "%s is %s; a uint32 is allowed that is a power of two from %d on"
                .formatted(ALIGNMENT, shown(value), LEAST_ALIGNMENT));
  }

  private static boolean isAlignment(GgufValue value) {
    return value instanceof GgufValue.Int(MetadataType type, long bytes)
        && type == MetadataType.UINT32
        && bytes >= LEAST_ALIGNMENT
        && Long.bitCount(bytes) == 1;
  }

  /** All values. */
  public SequencedMap<String, GgufValue> values() {
    return values;
  }

  /** A value, where there is one. */
  public Optional<GgufValue> find(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** A string. */
  public String text(String key) {
    return scalar(key, GgufValue.Text.class, "a string").value();
  }

  /** A truth value. */
  public boolean bool(String key) {
    return scalar(key, GgufValue.Bool.class, "a bool").value();
  }

  /** A floating-point number, of either width. */
  public double real(String key) {
    return scalar(key, GgufValue.Real.class, "a float32 or float64").value();
  }

  /** An integer, of whatever width; a uint64 of 2^63 and more is out of range. */
  public long integer(String key) {
    return integer(key, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** An integer, of whatever width, in a range of an int. */
  public int integer(String key, int least, int most) {
    return (int) integer(key, (long) least, most);
  }

  private long integer(String key, long least, long most) {
    GgufValue.Int number = scalar(key, GgufValue.Int.class, "an integer");
    if (!number.isWithin(least, most)) {
      throw wrong("%s is %s".formatted(key, number), "%d to %d".formatted(least, most));
    }
    return number.value();
  }

  /** An array of strings. */
  public Texts texts(String key) {
    GgufValue value = value(key);
    if (value instanceof Texts texts) {
      return texts;
    }
    throw wrong("%s is %s".formatted(key, shown(value)), "an array of string");
  }

  /** An array of numbers or truth values, as it is stored. */
  public Numbers numbers(String key) {
    return numbers(key, type -> true, "an array of numbers");
  }

  /** A copy of an array of integers, of whatever width, all in the range of an int. */
  public int[] integers(String key) {
    Numbers numbers = numbers(key, MetadataType::isInteger, "an array of integers");
    boolean unsigned = numbers.elementType() == MetadataType.UINT64;
    int[] integers = new int[numbers.size()];
    for (int i = 0; i < integers.length; i++) {
      long bits = numbers.integer(i);
      integers[i] = (int) bits;
      if (integers[i] != bits || (unsigned && bits < 0)) {
        throw wrong(
            "element %d of %s is %s"
                .formatted(i, key, new GgufValue.Int(numbers.elementType(), bits)),
            "%d to %d".formatted(Integer.MIN_VALUE, Integer.MAX_VALUE));
      }
    }
    return integers;
  }

  /** A copy of an array of float32. */
  public float[] floats(String key) {
    return numbers(key, type -> type == MetadataType.FLOAT32, "an array of float32").toFloats();
  }

  /** What the data of tensors begins at a multiple of, in bytes. */
  public long alignment() {
    return values.containsKey(ALIGNMENT) ? integer(ALIGNMENT) : DEFAULT_ALIGNMENT;
  }

  private Numbers numbers(String key, Predicate<MetadataType> allowed, String what) {
    GgufValue value = value(key);
    if (value instanceof Numbers numbers && allowed.test(numbers.elementType())) {
      return numbers;
    }
    throw wrong("%s is %s".formatted(key, shown(value)), what);
  }

  private <T extends GgufValue> T scalar(String key, Class<T> type, String what) {
    GgufValue value = value(key);
    if (!type.isInstance(value)) {
      throw wrong("%s is %s".formatted(key, shown(value)), what);
    }
    return type.cast(value);
  }

  private GgufValue value(String key) {
    GgufValue value = values.get(key);
    if (value == null) {
      throw new WroughtException(
          ErrorCode.NOT_FOUND,
          "%s has no key %s among its %d%s".formatted(source, key, values.size(), meant(key)));
    }
    return value;
  }

  /** A hostile file's keys may be long, and comparing them all would take a while. */
  private String meant(String key) {
    List<String> alike =
        values.keySet().stream().filter(known -> known.length() <= 2 * key.length()).toList();
    return Nearest.meant(key, alike).map("; did you mean %s?"::formatted).orElse("");
  }

  private WroughtException wrong(String what, String allowed) {
    return new WroughtException(
        ErrorCode.CORRUPT_FILE, "%s: %s; allowed: %s".formatted(source, what, allowed));
  }

  private static String shown(GgufValue value) {
    return switch (value) {
      case GgufValue.Int number -> "the %s %s".formatted(number.type().label(), number);
      case GgufArray array -> "an array of " + array.elementType().label();
      case GgufValue.Real real -> "a " + real.type().label();
      case GgufValue.Bool bool -> "a " + bool.type().label();
      case GgufValue.Text text -> "a " + text.type().label();
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GgufMetadata metadata
        && List.copyOf(values.entrySet()).equals(List.copyOf(metadata.values.entrySet()));
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }
}
