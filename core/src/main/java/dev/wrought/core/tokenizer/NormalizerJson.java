package dev.wrought.core.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.text.CharacterMap;
import dev.wrought.core.text.Normalizer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The {@code normalizer} of a {@code tokenizer.json}. */
final class NormalizerJson {
  private static final String STEPS = "normalizers";

  private NormalizerJson() {}

  static Normalizer read(JsonNode setting) {
    List<Normalizer> steps =
        JsonSteps.flat(setting, STEPS).stream().map(NormalizerJson::step).toList();
    return steps.size() == 1 ? steps.getFirst() : new Normalizer.Sequence(steps);
  }

  private static Normalizer step(JsonNode step) {
    String type = JsonSteps.type(step);
    return switch (type) {
      case "NFC", "NFD", "NFKC", "NFKD" ->
          new Normalizer.Form(java.text.Normalizer.Form.valueOf(type));
      case "Lowercase" -> new Normalizer.Lowercase();
      case "StripAccents" -> new Normalizer.StripAccents();
      case "Strip" ->
          new Normalizer.Strip(
              step.path("strip_left").asBoolean(true), step.path("strip_right").asBoolean(true));
      case "Prepend" -> new Normalizer.Prepend(JsonSteps.text(step, "prepend"));
      case "Replace" -> replace(step);
      case "Precompiled" -> new Normalizer.ByTable(new CharacterMap(table(step)), true);
      default ->
          throw JsonSteps.unknown(
              "normalizer " + type,
              "NFC, NFD, NFKC, NFKD, Lowercase, StripAccents, Strip, Prepend, Replace, Precompiled and their Sequence");
    };
  }

  private static Normalizer replace(JsonNode step) {
    String content = JsonSteps.text(step, "content");
    JsonNode pattern = step.path("pattern");
    return pattern.has("String")
        ? new Normalizer.Replace(JsonSteps.text(pattern, "String"), content)
        : new Normalizer.ReplaceMatches(JsonSteps.text(pattern, "Regex"), content);
  }

  private static byte[] table(JsonNode step) {
    try {
      return Base64.getDecoder().decode(JsonSteps.text(step, "precompiled_charsmap"));
    } catch (IllegalArgumentException damaged) {
      throw new WroughtException(
          ErrorCode.CORRUPT_FILE, "precompiled_charsmap is not Base64", damaged);
    }
  }

  static JsonNode write(Normalizer normalizer) {
    List<ObjectNode> steps = new ArrayList<>();
    collect(normalizer, steps);
    return JsonSteps.sequence(steps, STEPS);
  }

  private static void collect(Normalizer normalizer, List<ObjectNode> steps) {
    switch (normalizer) {
      case Normalizer.Sequence(var parts) -> parts.forEach(part -> collect(part, steps));
      case Normalizer.Form(var form) -> steps.add(JsonSteps.step(form.name()));
      case Normalizer.Lowercase _ -> steps.add(JsonSteps.step("Lowercase"));
      case Normalizer.StripAccents _ -> steps.add(JsonSteps.step("StripAccents"));
      case Normalizer.Strip(boolean left, boolean right) ->
          steps.add(JsonSteps.step("Strip").put("strip_left", left).put("strip_right", right));
      case Normalizer.Prepend(String content) ->
          steps.add(JsonSteps.step("Prepend").put("prepend", content));
      case Normalizer.Prefix(String content) ->
          steps.add(JsonSteps.step("Prepend").put("prepend", content));
      case Normalizer.Replace(String found, String content) ->
          steps.add(replacing("String", found, content));
      case Normalizer.ReplaceMatches(String pattern, String content) ->
          steps.add(replacing("Regex", pattern, content));
      case Normalizer.ByTable(CharacterMap table, _) ->
          steps.add(
              JsonSteps.step("Precompiled")
                  .put("precompiled_charsmap", Base64.getEncoder().encodeToString(table.file())));
    }
  }

  private static ObjectNode replacing(String kind, String pattern, String content) {
    ObjectNode step = JsonSteps.step("Replace");
    step.putObject("pattern").put(kind, pattern);
    return step.put("content", content);
  }
}
