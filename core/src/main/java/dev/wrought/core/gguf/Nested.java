package dev.wrought.core.gguf;

import java.util.List;

/**
 * An array of arrays. The specification has them; ggml's own reader refuses them, so that a file
 * for others is better without.
 */
public record Nested(List<GgufArray> arrays) implements GgufArray {
  static final int MAX_DEPTH = 4;

  public Nested {
    arrays = List.copyOf(arrays);
    int depth = depth(arrays);
    Checks.require(
        depth <= MAX_DEPTH,
        () -> "arrays are %d deep in one another; at most %d".formatted(depth, MAX_DEPTH));
  }

  /** How deep arrays are in one another: 2 for an array of arrays of numbers. */
  private static int depth(List<GgufArray> arrays) {
    return 1
        + arrays.stream()
            .mapToInt(array -> array instanceof Nested(List<GgufArray> inner) ? depth(inner) : 1)
            .max()
            .orElse(0);
  }

  @Override
  public MetadataType elementType() {
    return MetadataType.ARRAY;
  }

  @Override
  public int size() {
    return arrays.size();
  }
}
