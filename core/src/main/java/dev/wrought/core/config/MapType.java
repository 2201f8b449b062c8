package dev.wrought.core.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Keys of the user's choice with values that are all of one type. */
record MapType<T>(ValueType<T> item) implements ValueType<Map<String, T>> {
  @Override
  public Optional<Map<String, T>> decode(ConfigNode node, Place place) {
    if (!(node instanceof ConfigNode.Mapping mapping)) {
      place.report(node.position(), "is " + node.words() + "; allowed: keys with values");
      return Optional.empty();
    }
    Map<String, T> values = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach((key, entry) ->
            item.decode(entry.value(), place.key(key)).ifPresent(v -> values.put(key, v)));
    return values.size() == mapping.entries().size() ? Optional.of(values) : Optional.empty();
  }

  @Override
  public Object encode(Map<String, T> value) {
    Map<String, Object> encoded = new LinkedHashMap<>();
    value.forEach((key, each) -> encoded.put(key, item.encode(each)));
    return encoded;
  }

  @Override
  public Map<String, Object> schema() {
    return Map.of("type", "object", "additionalProperties", item.schema());
  }
}
