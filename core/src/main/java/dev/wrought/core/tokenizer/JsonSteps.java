package dev.wrought.core.tokenizer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the steps of a {@code tokenizer.json} have in common: an object with a type, or a Sequence
 * of such under a name of its own, or null.
 */
final class JsonSteps {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonSteps() {}

  /**
   * The value that a parser is at, read to its end. The parser bounds how deep it nests. An
   * ObjectMapper would do the same, but to make one takes as long as to read a thousand of these.
   */
  static JsonNode read(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String key = parser.currentName();
          parser.nextToken();
          object.set(key, read(parser));
        }
        yield object;
      }
      case START_ARRAY -> {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(read(parser));
        }
        yield array;
      }
      case VALUE_STRING -> NODES.textNode(parser.getText());
      case VALUE_NUMBER_INT -> number(parser.getNumberValue());
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
      case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(parser.getBooleanValue());
      case VALUE_NULL -> NODES.nullNode();
      case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new IllegalStateException("no value begins with " + parser.currentToken());
    };
  }

  private static JsonNode number(Number value) {
    return switch (value) {
      case Integer small -> NODES.numberNode(small);
      case Long large -> NODES.numberNode(large);
      default -> NODES.numberNode((BigInteger) value);
    };
  }

  /** The steps one after the other; none of null. @param list where a Sequence has its steps */
  static List<JsonNode> flat(JsonNode setting, String list) {
    List<JsonNode> steps = new ArrayList<>();
    if (type(setting).equals("Sequence")) {
      setting.path(list).forEach(step -> steps.addAll(flat(step, list)));
    } else if (!setting.isNull() && !setting.isMissingNode()) {
      steps.add(setting);
    }
    return steps;
  }

  /** Null, the step, or a Sequence of several. */
  static JsonNode sequence(List<ObjectNode> steps, String list) {
    return switch (steps.size()) {
      case 0 -> NODES.nullNode();
      case 1 -> steps.getFirst();
      default -> {
        ObjectNode sequence = step("Sequence");
        sequence.putArray(list).addAll(steps);
        yield sequence;
      }
    };
  }

  static ObjectNode step(String type) {
    return NODES.objectNode().put("type", type);
  }

  static String type(JsonNode step) {
    return step.path("type").asText();
  }

  /** A text that a step has to have. */
  static String text(JsonNode step, String key) {
    JsonNode value = step.path(key);
    if (!value.isTextual()) {
      throw new WroughtException(
          ErrorCode.CORRUPT_FILE,
          "%s of %s is %s where a text is expected".formatted(key, type(step), value));
    }
    return value.asText();
  }

  /** A pattern: {"String": "..."} or {"Regex": "..."}; the first becomes one that matches it. */
  static String pattern(JsonNode step) {
    JsonNode pattern = step.path("pattern");
    return pattern.has("String") ? quoted(text(pattern, "String")) : text(pattern, "Regex");
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder();
    text.codePoints().forEach(c -> quoted.append(String.format(Locale.ROOT, "\\x{%x}", c)));
    return quoted.toString();
  }

  /** For what this version cannot do. @param known what it can */
  static WroughtException unknown(String what, String known) {
    return new WroughtException(
        ErrorCode.FAILED_PRECONDITION, what + " is not known to this version; known is " + known);
  }
}
