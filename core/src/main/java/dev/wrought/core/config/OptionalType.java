package dev.wrought.core.config;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A value whose key may be absent, and then is left out when it is written.
 *
 * @param <O> Optional, OptionalInt, OptionalLong or OptionalDouble
 * @param present wraps a value of the inner type
 * @param content the inverse
 */
record OptionalType<O>(
    ValueType<Object> inner,
    O empty,
    Function<Object, O> present,
    Function<O, Optional<Object>> content)
    implements ValueType<O> {

  @SuppressWarnings("unchecked") // the content of an Optional is decoded by the same inner type
  static OptionalType<Optional<Object>> of(ValueType<?> inner) {
    return new OptionalType<>(
        (ValueType<Object>) inner, Optional.empty(), Optional::of, Function.identity());
  }

  @SuppressWarnings("unchecked") // whole numbers are decoded as Number
  static OptionalType<?> ofInt(ValueType<?> inner) {
    return new OptionalType<>(
        (ValueType<Object>) inner,
        OptionalInt.empty(),
        value -> OptionalInt.of(((Number) value).intValue()),
        value -> value.isPresent() ? Optional.of(value.getAsInt()) : Optional.empty());
  }

  @SuppressWarnings("unchecked")
  static OptionalType<?> ofLong(ValueType<?> inner) {
    return new OptionalType<>(
        (ValueType<Object>) inner,
        OptionalLong.empty(),
        value -> OptionalLong.of(((Number) value).longValue()),
        value -> value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty());
  }

  @SuppressWarnings("unchecked")
  static OptionalType<?> ofDouble(ValueType<?> inner) {
    return new OptionalType<>(
        (ValueType<Object>) inner,
        OptionalDouble.empty(),
        value -> OptionalDouble.of((Double) value),
        value -> value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty());
  }

  @Override
  public Optional<O> decode(ConfigNode node, Place place) {
    return inner.decode(node, place).map(present);
  }

  /** Only for a value that is there; see {@link #content}. */
  @Override
  public Object encode(O value) {
    return inner.encode(content.apply(value).orElseThrow());
  }

  boolean isEmpty(Object value) {
    return empty.equals(value);
  }

  @Override
  public Map<String, Object> schema() {
    return inner.schema();
  }
}
