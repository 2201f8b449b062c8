package dev.wrought.core.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A list whose items are all of one type. */
record ListType<T>(ValueType<T> item) implements ValueType<List<T>> {
  @Override
  public Optional<List<T>> decode(ConfigNode node, Place place) {
    if (!(node instanceof ConfigNode.Sequence sequence)) {
      place.report(node.position(), "is " + node.words() + "; allowed: a list, as [a, b]");
      return Optional.empty();
    }
    List<T> items = new ArrayList<>();
    for (int i = 0; i < sequence.items().size(); i++) {
      item.decode(sequence.items().get(i), place.item(i)).ifPresent(items::add);
    }
    return items.size() == sequence.items().size() ? Optional.of(items) : Optional.empty();
  }

  @Override
  public Object encode(List<T> value) {
    return value.stream().map(item::encode).toList();
  }

  @Override
  public Map<String, Object> schema() {
    return Map.of("type", "array", "items", item.schema());
  }
}
