package dev.wrought.core.config;

import java.util.Map;
import java.util.Optional;

/** A double: {@code 0.1}, {@code 6e-4}, {@code 3}. Infinities and NaN are refused. */
record DecimalType() implements ValueType<Double> {
  @Override
  public Optional<Double> decode(ConfigNode node, Place place) {
    Optional<Double> value =
        node.value() instanceof Number number
            ? Optional.of(number.doubleValue())
            : Optional.empty();
    value = value.filter(Double::isFinite);
    if (value.isEmpty()) {
      place.report(
          node.position(), "is " + node.words() + "; allowed: a number, as 0.1, 6e-4 or 3");
    }
    return value;
  }

  @Override
  public Object encode(Double value) {
    return value;
  }

  @Override
  public Map<String, Object> schema() {
    return Map.of("type", "number");
  }
}
