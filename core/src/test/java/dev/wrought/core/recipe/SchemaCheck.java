package dev.wrought.core.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A validator for as much of JSON Schema (draft 2020-12) as a recipe's schema uses; a keyword that
 * it does not know is a failure, so that none goes unchecked.
 */
final class SchemaCheck {
  private static final Set<String> NOTES =
      Set.of("$schema", "$id", "title", "description", "default", "examples");

  private final List<String> complaints = new ArrayList<>();

  private SchemaCheck() {}

  static List<String> complaints(JsonNode schema, JsonNode document) {
    SchemaCheck check = new SchemaCheck();
    check.check("$", schema, document);
    return check.complaints;
  }

  private void check(String path, JsonNode schema, JsonNode value) {
    schema
        .properties()
        .forEach(keyword -> {
          if (!NOTES.contains(keyword.getKey())
              && !holds(path, keyword.getKey(), keyword.getValue(), schema, value)) {
            complaints.add(path + ": " + keyword.getKey() + " " + keyword.getValue());
          }
        });
  }

  private boolean holds(
      String path, String keyword, JsonNode rule, JsonNode schema, JsonNode value) {
    return switch (keyword) {
      case "type" -> rule.isArray() ? anyType(rule, value) : isType(rule.asText(), value);
      case "enum" -> contains(rule, value);
      case "pattern" ->
          !value.isTextual() || Pattern.compile(rule.asText()).matcher(value.asText()).find();
      case "minimum" -> !value.isNumber() || value.asDouble() >= rule.asDouble();
      case "maximum" -> !value.isNumber() || value.asDouble() <= rule.asDouble();
      case "exclusiveMinimum" -> !value.isNumber() || value.asDouble() > rule.asDouble();
      case "exclusiveMaximum" -> !value.isNumber() || value.asDouble() < rule.asDouble();
      case "minLength" -> !value.isTextual() || value.asText().length() >= rule.asInt();
      case "maxLength" -> !value.isTextual() || value.asText().length() <= rule.asInt();
      case "minItems" -> !value.isArray() || value.size() >= rule.asInt();
      case "maxItems" -> !value.isArray() || value.size() <= rule.asInt();
      case "minProperties" -> !value.isObject() || value.size() >= rule.asInt();
      case "maxProperties" -> !value.isObject() || value.size() <= rule.asInt();
      case "required" -> !value.isObject() || hasAll(rule, value);
      case "oneOf" -> countMatching(rule, value) == 1;
      case "items" -> {
        for (int i = 0; i < value.size(); i++) {
          check(path + "[" + i + "]", rule, value.get(i));
        }
        yield true;
      }
      case "properties" -> {
        rule.properties()
            .forEach(property -> {
              if (value.has(property.getKey())) {
                check(
                    path + "." + property.getKey(),
                    property.getValue(),
                    value.get(property.getKey()));
              }
            });
        yield true;
      }
      case "additionalProperties" -> othersHold(path, rule, schema, value);
      default -> false;
    };
  }

  private boolean othersHold(String path, JsonNode rule, JsonNode schema, JsonNode value) {
    boolean allowed = true;
    for (var entry : value.properties()) {
      if (!schema.path("properties").has(entry.getKey())) {
        if (rule.isBoolean()) {
          allowed &= rule.asBoolean();
        } else {
          check(path + "." + entry.getKey(), rule, entry.getValue());
        }
      }
    }
    return allowed;
  }

  private static boolean anyType(JsonNode types, JsonNode value) {
    for (JsonNode type : types) {
      if (isType(type.asText(), value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isType(String type, JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "boolean" -> value.isBoolean();
      case "null" -> value.isNull();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      default -> throw new AssertionError("no type of JSON Schema: " + type);
    };
  }

  private static boolean contains(JsonNode values, JsonNode value) {
    for (JsonNode each : values) {
      if (each.equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasAll(JsonNode names, JsonNode value) {
    for (JsonNode name : names) {
      if (!value.has(name.asText())) {
        return false;
      }
    }
    return true;
  }

  private static int countMatching(JsonNode schemas, JsonNode value) {
    int count = 0;
    for (JsonNode schema : schemas) {
      count += complaints(schema, value).isEmpty() ? 1 : 0;
    }
    return count;
  }
}
