package dev.wrought.core.config;

import java.util.Map;
import java.util.Optional;

/**
 * One type of value in one place: how it is read, written and described. Immutable.
 *
 * @param <T> its Java type
 */
public interface ValueType<T> {
  /**
   * Reads a value strictly.
   *
   * @return empty if it is wrong: then that was reported at {@code place}. A value with a problem
   *     may be returned nevertheless, so that what depends on it can be checked too
   */
  Optional<T> decode(ConfigNode node, Place place);

  /** The inverse of {@link #decode}: Map, List, String, Number or Boolean. */
  Object encode(T value);

  /** The type as JSON Schema, draft 2020-12. */
  Map<String, Object> schema();
}
