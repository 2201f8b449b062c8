package dev.wrought.core.config;

/**
 * One thing wrong with a document.
 *
 * @param path the keys that lead there: {@code spec.model.heads}, {@code spec.data.mixture[1]};
 *     empty for the whole document
 */
public record Problem(Position position, String path, String message) {
  /** {@code recipe.yaml:9:5: spec.model.heads: is 7; allowed: a divisor of width (384)}. */
  @Override
  public String toString() {
    return position + ": " + (path.isEmpty() ? "" : path + ": ") + message;
  }
}
