package dev.wrought.core.config;

import dev.wrought.core.config.ConfigNode.Mapping;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One component of a record as its annotations describe it.
 *
 * @param ownDefault what an absent key means; empty if there is no {@link Default}
 * @param example what stands in for a missing or wrong value; empty if there is no {@link Example}
 */
record Component(
    String name,
    ValueType<Object> type,
    Limits limits,
    Optional<ConfigNode> ownDefault,
    Optional<Example> example,
    Optional<String> doc,
    boolean inline,
    MethodHandle accessor) {

  @SuppressWarnings("unchecked") // values come from the accessor and go to the constructor
  static Component of(RecordComponent component, ValueTypes types, MethodHandles.Lookup lookup)
      throws IllegalAccessException {
    return new Component(
        component.getName(),
        (ValueType<Object>) types.of(component.getGenericType(), component),
        Limits.of(component),
        Optional.ofNullable(component.getAnnotation(Default.class))
            .map(d -> parse(component, d.value())),
        Optional.ofNullable(component.getAnnotation(Example.class)),
        Optional.ofNullable(component.getAnnotation(Doc.class)).map(Doc::value),
        component.isAnnotationPresent(Inline.class),
        lookup.unreflect(component.getAccessor()));
  }

  private static ConfigNode parse(Object component, String value) {
    Problems problems = new Problems();
    return YamlReader.read(value, "the default of " + component, problems)
        .orElseThrow(() -> new IllegalStateException(component + ": " + problems.list()));
  }

  /** Reads the component of a record that was written as {@code mapping}. */
  Optional<Object> decode(Mapping mapping, Place record) {
    if (inline) {
      return type.decode(mapping, record);
    }
    Place place = record.key(name);
    Mapping.Entry entry = mapping.entries().get(name);
    if (entry == null || isNull(entry.value())) {
      if (required()) {
        place.report(entry == null ? mapping.position() : entry.key(), "is missing" + wanted());
      }
      return substitute(place);
    }
    return decode(entry.value(), place);
  }

  private String wanted() {
    return doc.map(words -> ". " + words).orElse("")
        + example.map(value -> " Write " + name + ": " + value.value()).orElse("");
  }

  private Optional<Object> decode(ConfigNode node, Place place) {
    Optional<Object> value = type.decode(node, place);
    Optional<String> complaint = value.flatMap(limits::complaint);
    complaint.ifPresent(message -> place.report(node.position(), message));
    return value.isEmpty() || complaint.isPresent() ? substitute(place).or(() -> value) : value;
  }

  private static boolean isNull(ConfigNode node) {
    return node instanceof ConfigNode.Scalar scalar && scalar.isNull();
  }

  /** What an absent key stands for, or what the rest is checked with if there is no such value. */
  private Optional<Object> substitute(Place place) {
    if (type instanceof OptionalType<?> optional && ownDefault.isEmpty()) {
      return Optional.of(optional.empty());
    }
    return ownDefault
        .or(() -> example.map(value -> parse(name, value.value())))
        .flatMap(node -> type.decode(node, place));
  }

  boolean required() {
    return ownDefault.isEmpty() && !(type instanceof OptionalType<?>) && !inline;
  }

  /** Writes the component of a record, unless it is absent. */
  void encode(Record owner, Map<String, Object> into) {
    Object value = RecordType.call(accessor, owner);
    if (type instanceof OptionalType<?> optional && optional.isEmpty(value)) {
      return;
    }
    Object encoded = type.encode(value);
    if (inline && encoded instanceof Map<?, ?> keys) {
      keys.forEach((key, item) -> into.put((String) key, item));
    } else {
      into.put(name, encoded);
    }
  }

  Map<String, Object> schema() {
    Map<String, Object> schema = new LinkedHashMap<>(type.schema());
    Object kind = schema.getOrDefault("type", "any");
    if ("array".equals(kind)) {
      limitEach("items", schema);
    } else if ("object".equals(kind) && !limits.rules().isEmpty()) {
      limitEach("additionalProperties", schema);
    } else {
      schema.putAll(limits.schema());
    }
    limits.size().ifPresent(size -> putSize(schema, unit(kind), size));
    doc.ifPresent(words -> schema.put("description", words));
    ownDefault.ifPresent(node -> schema.put("default", node.value()));
    example.ifPresent(e -> schema.put("examples", List.of(parse(name, e.value()).value())));
    return schema;
  }

  private void limitEach(String keyword, Map<String, Object> schema) {
    Map<String, Object> each = new LinkedHashMap<>(Schemas.part(schema, keyword));
    each.putAll(limits.schema());
    schema.put(keyword, each);
  }

  private static String unit(Object kind) {
    return "array".equals(kind) ? "Items" : "object".equals(kind) ? "Properties" : "Length";
  }

  private static void putSize(Map<String, Object> schema, String unit, Size size) {
    if (size.min() > 0) {
      schema.put("min" + unit, size.min());
    }
    if (size.max() < Integer.MAX_VALUE) {
      schema.put("max" + unit, size.max());
    }
  }

  /** The names of these components' keys. */
  static List<String> keys(List<Component> components) {
    return components.stream().filter(c -> !c.inline()).map(Component::name).toList();
  }
}
