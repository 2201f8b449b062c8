package dev.wrought.core.config;

import java.util.Map;
import java.util.Optional;

/** {@code true} or {@code false}. */
record TruthType() implements ValueType<Boolean> {
  @Override
  public Optional<Boolean> decode(ConfigNode node, Place place) {
    if (node.value() instanceof Boolean flag) {
      return Optional.of(flag);
    }
    place.report(node.position(), "is " + node.words() + "; allowed: true, false");
    return Optional.empty();
  }

  @Override
  public Object encode(Boolean value) {
    return value;
  }

  @Override
  public Map<String, Object> schema() {
    return Map.of("type", "boolean");
  }
}
