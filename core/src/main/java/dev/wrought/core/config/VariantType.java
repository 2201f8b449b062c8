package dev.wrought.core.config;

import dev.wrought.core.error.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * One of the records of a sealed interface. The first component's key says which: {@code {tokens:
 * 20M}} or {@code {time: 5m}}.
 *
 * @param variants by the key that decides
 */
record VariantType<T>(SequencedMap<String, RecordType<?>> variants) implements ValueType<T> {

  static VariantType<?> of(Class<?> sealed, ValueTypes types) {
    SequencedMap<String, RecordType<?>> variants = new LinkedHashMap<>();
    for (Class<?> variant : sealed.getPermittedSubclasses()) {
      RecordType<?> type = types.record(variant.asSubclass(Record.class));
      variants.put(type.components().getFirst().name(), type);
    }
    return new VariantType<>(variants);
  }

  @Override
  @SuppressWarnings("unchecked") // every variant is a T
  public Optional<T> decode(ConfigNode node, Place place) {
    String allowed = "exactly one of " + String.join(", ", variants.keySet());
    if (!(node instanceof ConfigNode.Mapping mapping)) {
      place.report(
          node.position(),
          "is %s; allowed: %s, as {%s: ...}"
              .formatted(node.words(), allowed, variants.firstEntry().getKey()));
      return Optional.empty();
    }
    List<String> chosen =
        mapping.entries().keySet().stream().filter(variants::containsKey).toList();
    if (chosen.size() != 1) {
      reportChoice(mapping, chosen, allowed, place);
      return Optional.empty();
    }
    RecordType<?> variant = variants.get(chosen.getFirst());
    return variant == null ? Optional.empty() : (Optional<T>) variant.decode(node, place);
  }

  private void reportChoice(
      ConfigNode.Mapping mapping, List<String> chosen, String allowed, Place place) {
    if (!chosen.isEmpty() || mapping.entries().isEmpty()) {
      String has = chosen.isEmpty() ? "nothing" : String.join(" and ", chosen);
      place.report(mapping.position(), "has " + has + "; allowed: " + allowed);
    }
    mapping
        .entries()
        .forEach((key, entry) -> {
          if (!variants.containsKey(key)) {
            place
                .key(key)
                .report(entry.key(), "is no known key" + Nearest.allowed(key, variants.keySet()));
          }
        });
  }

  @Override
  public Object encode(T value) {
    return variants.values().stream()
        .filter(variant -> variant.type().isInstance(value))
        .findFirst()
        .orElseThrow()
        .encodeRecord((Record) value);
  }

  @Override
  public Map<String, Object> schema() {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<Object> choices = new ArrayList<>();
    variants.forEach((key, variant) -> {
      properties.putAll(variant.properties());
      choices.add(Map.of("required", List.of(key)));
    });
    return Schemas.object(properties, "oneOf", choices);
  }
}
