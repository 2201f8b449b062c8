package dev.wrought.core.gguf;

import java.util.List;

/**
 * What a file says of a tensor.
 *
 * @param name 1 to 64 bytes of UTF-8
 * @param type its elements' type
 * @param shape its dimensions, at most 4, the outermost first: rows, then columns. A file has them
 *     the other way round.
 * @param offset where its data begins, in bytes from the start of the data section
 */
public record GgufTensor(String name, GgmlType type, List<Long> shape, long offset) {
  static final int MAX_NAME_BYTES = 64;
  static final int MAX_DIMENSIONS = 4;

  public GgufTensor {
    shape = List.copyOf(shape);
    checkName(name);
    checkShape(name, type, shape);
    Checks.require(
        offset >= 0,
        () ->
            "tensor %s begins at byte %s of the data; at most 2^63-1 is allowed"
                .formatted(Excerpt.of(name), Long.toUnsignedString(offset)));
  }

  private static void checkName(String name) {
    int bytes = StrictUtf8.encode(name).length;
    Checks.require(
        bytes >= 1 && bytes <= MAX_NAME_BYTES,
        () ->
            "tensor \"%s\" has a name of %d bytes; 1 to %d are allowed"
                .formatted(Excerpt.of(name), bytes, MAX_NAME_BYTES));
  }

  private static void checkShape(String name, GgmlType type, List<Long> shape) {
    Checks.require(
        shape.size() <= MAX_DIMENSIONS,
        () ->
            "tensor %s has %d dimensions; at most %d are allowed"
                .formatted(Excerpt.of(name), shape.size(), MAX_DIMENSIONS));
    Checks.require(
        shape.stream().allMatch(dimension -> dimension >= 0) && isRepresentable(type, shape),
        () ->
            "tensor %s of shape %s has more than 2^63-1 elements or bytes"
                .formatted(Excerpt.of(name), shape.stream().map(Long::toUnsignedString).toList()));
    long row = shape.isEmpty() ? 1 : shape.getLast();
    Checks.require(
        row % type.blockElements() == 0,
        () ->
            "tensor %s has rows of %d elements; %s packs blocks of %d"
                .formatted(Excerpt.of(name), row, type, type.blockElements()));
  }

  private static boolean isRepresentable(GgmlType type, List<Long> shape) {
    try {
      return sizeBytes(type, shape) >= 0;
    } catch (ArithmeticException overflow) {
      return false;
    }
  }

  /** How many elements. */
  public long elements() {
    return sizeBytes() / type.blockBytes() * type.blockElements();
  }

  /** The bytes of its data. */
  public long sizeBytes() {
    return sizeBytes(type, shape);
  }

  private static long sizeBytes(GgmlType type, List<Long> shape) {
    long elements = shape.stream().reduce(1L, Math::multiplyExact);
    return Math.multiplyExact(elements / type.blockElements(), (long) type.blockBytes());
  }
}
