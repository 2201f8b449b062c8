package dev.wrought.core.config;

import java.util.Map;
import java.util.Optional;

/** A text; a word that YAML takes for a number, a boolean or null has to be quoted. */
record TextType() implements ValueType<String> {
  @Override
  public Optional<String> decode(ConfigNode node, Place place) {
    if (node.value() instanceof String text) {
      return Optional.of(text);
    }
    String remedy =
        node instanceof ConfigNode.Scalar scalar && !scalar.isNull()
            ? "; write \"" + scalar.text() + "\" if that is meant"
            : "";
    place.report(node.position(), "is " + node.words() + "; allowed: a text" + remedy);
    return Optional.empty();
  }

  @Override
  public Object encode(String value) {
    return value;
  }

  @Override
  public Map<String, Object> schema() {
    return Map.of("type", "string");
  }
}
