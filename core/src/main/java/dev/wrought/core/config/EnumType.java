package dev.wrought.core.config;

import dev.wrought.core.error.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** One of an enum's constants; {@code REWIND_AND_SKIP} is written {@code rewind-and-skip}. */
record EnumType<E extends Enum<E>>(SequencedMap<String, E> constants) implements ValueType<E> {

  static <E extends Enum<E>> EnumType<E> of(Class<E> type) {
    SequencedMap<String, E> constants = new LinkedHashMap<>();
    for (E constant : type.getEnumConstants()) {
      constants.put(word(constant), constant);
    }
    return new EnumType<>(constants);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public Optional<E> decode(ConfigNode node, Place place) {
    String word = node instanceof ConfigNode.Scalar scalar ? scalar.text() : "";
    Optional<E> constant = Optional.ofNullable(constants.get(word));
    if (constant.isEmpty()) {
      place.report(
          node.position(), "is " + node.words() + Nearest.allowed(word, constants.keySet()));
    }
    return constant;
  }

  @Override
  public Object encode(E value) {
    return word(value);
  }

  @Override
  public Map<String, Object> schema() {
    return Map.of("type", "string", "enum", List.copyOf(constants.keySet()));
  }
}
