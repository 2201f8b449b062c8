package dev.wrought.core.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** Pieces of JSON Schema, draft 2020-12. */
public final class Schemas {
  private Schemas() {}

  /** An object that has no other properties than these, and one rule more. */
  public static Map<String, Object> object(
      Map<String, Object> properties, String keyword, Object rule) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put(keyword, rule);
    schema.put("additionalProperties", false);
    return schema;
  }

  /**
   * Gives an object's schema the properties of another one besides: of a component that takes the
   * keys that are left.
   */
  static void inline(Map<String, Object> outer, Map<String, Object> inner) {
    Map<String, Object> own = part(outer, "properties");
    int siblings = own.size();
    Map<String, Object> all = new LinkedHashMap<>(own);
    all.putAll(part(inner, "properties"));
    outer.put("properties", all);
    inner.forEach((keyword, rule) -> {
      switch (keyword) {
        case "type", "properties", "description", "required" -> {}
        case "minProperties", "maxProperties" ->
            outer.put(keyword, ((Number) rule).intValue() + siblings);
        default -> outer.put(keyword, rule);
      }
    });
  }

  /** A part of a schema that is an object itself; empty if it is not there. */
  @SuppressWarnings("unchecked") // schemas have text keys only
  static Map<String, Object> part(Map<String, Object> schema, String keyword) {
    return (Map<String, Object>) schema.getOrDefault(keyword, Map.of());
  }
}
