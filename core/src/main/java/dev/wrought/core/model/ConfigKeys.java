package dev.wrought.core.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * The keys of a config.json, each checked as it is read. A missing key with a default takes
 * transformers' default, as files of older versions leave them out.
 */
public record ConfigKeys(JsonNode json) {

  int integer(String key) {
    JsonNode value = json.path(key);
    Checks.require(value.isInt(), () -> wrong(key, value, "an integer"));
    return value.intValue();
  }

  int integer(String key, int otherwise) {
    return present(key) ? integer(key) : otherwise;
  }

  double number(String key, double otherwise) {
    JsonNode value = json.path(key);
    Checks.require(!present(key) || value.isNumber(), () -> wrong(key, value, "a number"));
    return present(key) ? value.doubleValue() : otherwise;
  }

  boolean flag(String key, boolean otherwise) {
    JsonNode value = json.path(key);
    Checks.require(!present(key) || value.isBoolean(), () -> wrong(key, value, "true or false"));
    return present(key) ? value.booleanValue() : otherwise;
  }

  String text(String key, String otherwise) {
    JsonNode value = json.path(key);
    Checks.require(!present(key) || value.isTextual(), () -> wrong(key, value, "a string"));
    return present(key) ? value.textValue() : otherwise;
  }

  <T> T choice(String key, String actual, Map<String, T> allowed) {
    T chosen = allowed.get(actual);
    Checks.require(
        chosen != null,
        () ->
            "%s is \"%s\"; supported are %s"
                .formatted(key, actual, new TreeSet<>(allowed.keySet())));
    return Objects.requireNonNull(chosen);
  }

  /** Refuses a variant of the architecture that we do not compute. */
  void requireAbsentOr(String key, boolean supported) {
    Checks.require(
        flag(key, supported) == supported,
        () -> "%s is %s; supported is only %s".formatted(key, !supported, supported));
  }

  /** {@code rope_theta}, or its place since transformers 5: within {@code rope_parameters}. */
  double ropeTheta() {
    JsonNode parameters =
        json.path("rope_parameters").isObject()
            ? json.path("rope_parameters")
            : json.path("rope_scaling");
    String type = parameters.path("rope_type").asText(parameters.path("type").asText("default"));
    Checks.require(
        type.equals("default"),
        () -> "the rotary scaling \"%s\" is not supported, only \"default\"".formatted(type));
    return present("rope_theta")
        ? number("rope_theta", 10_000)
        : new ConfigKeys(parameters).number("rope_theta", 10_000);
  }

  SpecialIds specialIds() {
    return new SpecialIds(tokenId("bos_token_id"), tokenId("eos_token_id"));
  }

  /** Llama 3 names several end tokens; the first is the end of a text. */
  private OptionalInt tokenId(String key) {
    JsonNode value = json.path(key).isArray() ? json.path(key).path(0) : json.path(key);
    return value.isInt() ? OptionalInt.of(value.intValue()) : OptionalInt.empty();
  }

  WeightType weightType() {
    return WeightType.ofTorchName(text("torch_dtype", text("dtype", "float32")));
  }

  private boolean present(String key) {
    return json.hasNonNull(key);
  }

  private static String wrong(String key, JsonNode value, String expected) {
    return value.isMissingNode()
        ? "%s is missing; it must be %s".formatted(key, expected)
        : "%s is %s; it must be %s".formatted(key, value, expected);
  }
}
