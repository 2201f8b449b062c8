package dev.wrought.core.config;

import java.util.Map;
import java.util.Optional;

/** Settings that somebody else decodes later. */
record TreeType() implements ValueType<ConfigNode> {
  @Override
  public Optional<ConfigNode> decode(ConfigNode node, Place place) {
    return Optional.of(node);
  }

  @Override
  public Object encode(ConfigNode value) {
    return value.value();
  }

  @Override
  public Map<String, Object> schema() {
    return Map.of();
  }
}
