package dev.wrought.core.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** The {@code post_processor} of a {@code tokenizer.json}, of which single texts need. */
final class PostProcessorJson {
  private PostProcessorJson() {}

  static Template read(JsonNode setting) {
    List<Integer> before = new ArrayList<>();
    List<Integer> after = new ArrayList<>();
    TrimmedPlaces trimmed = TrimmedPlaces.NONE;
    for (JsonNode step : JsonSteps.flat(setting, "processors")) {
      String type = JsonSteps.type(step);
      switch (type) {
        case "ByteLevel" -> trimmed = trimmed(step, trimmed);
        case "BertProcessing", "RobertaProcessing" -> {
          before.add(id(step.path("cls").path(1), type));
          after.add(id(step.path("sep").path(1), type));
          trimmed = type.startsWith("Roberta") ? trimmed(step, trimmed) : trimmed;
        }
        case "TemplateProcessing" -> readTemplate(step, before, after);
        default ->
            throw JsonSteps.unknown(
                "post_processor " + type,
                "ByteLevel, TemplateProcessing, BertProcessing, RobertaProcessing and their Sequence");
      }
    }
    return new Template(before, after, trimmed);
  }

  /**
   * @param earlier what steps before this one ask for; spaces left out stay so
   */
  private static TrimmedPlaces trimmed(JsonNode step, TrimmedPlaces earlier) {
    if (earlier == TrimmedPlaces.ALL || !step.path("trim_offsets").asBoolean(true)) {
      return earlier;
    }
    return step.path("add_prefix_space").asBoolean(true)
        ? TrimmedPlaces.ALL_BUT_AT_THE_BEGINNING
        : TrimmedPlaces.ALL;
  }

  private static void readTemplate(JsonNode step, List<Integer> before, List<Integer> after) {
    List<Integer> current = before;
    for (JsonNode part : step.path("single")) {
      if (part.has("Sequence")) {
        current = after;
        continue;
      }
      String name = JsonSteps.text(part.path("SpecialToken"), "id");
      JsonNode ids = step.path("special_tokens").path(name).path("ids");
      if (ids.isEmpty()) {
        throw new WroughtException(
            ErrorCode.CORRUPT_FILE, "the template's token '" + name + "' has no ids");
      }
      for (JsonNode id : ids) {
        current.add(id(id, "the template's token '" + name + "'"));
      }
    }
  }

  private static int id(JsonNode id, String of) {
    if (!id.isIntegralNumber() || !id.canConvertToInt()) {
      throw new WroughtException(
          ErrorCode.CORRUPT_FILE, "the id of %s is %s, not a number".formatted(of, id));
    }
    return id.asInt();
  }

  /**
   * @param names of tokens, by id
   */
  static JsonNode write(Template template, boolean byteLevel, IntFunction<String> names) {
    List<ObjectNode> steps = new ArrayList<>();
    if (byteLevel || template.trimmed() != TrimmedPlaces.NONE) {
      boolean prefix = template.trimmed() == TrimmedPlaces.ALL_BUT_AT_THE_BEGINNING;
      boolean trim = template.trimmed() != TrimmedPlaces.NONE;
      steps.add(PreTokenizerJson.byteLevel(prefix, true).put("trim_offsets", trim));
    }
    if (!template.isWithoutTokens()) {
      ObjectNode step = JsonSteps.step("TemplateProcessing");
      ArrayNode single = step.putArray("single");
      template.before().forEach(id -> special(single, names.apply(id), 0));
      sequence(single, "A", 0);
      template.after().forEach(id -> special(single, names.apply(id), 0));
      ArrayNode pair = step.putArray("pair");
      template.before().forEach(id -> special(pair, names.apply(id), 0));
      sequence(pair, "A", 0);
      template.after().forEach(id -> special(pair, names.apply(id), 0));
      sequence(pair, "B", 1);
      template.after().forEach(id -> special(pair, names.apply(id), 1));
      ObjectNode tokens = step.putObject("special_tokens");
      template.before().forEach(id -> token(tokens, id, names.apply(id)));
      template.after().forEach(id -> token(tokens, id, names.apply(id)));
      steps.add(step);
    }
    return JsonSteps.sequence(steps, "processors");
  }

  private static void special(ArrayNode parts, String name, int type) {
    parts.addObject().putObject("SpecialToken").put("id", name).put("type_id", type);
  }

  private static void sequence(ArrayNode parts, String name, int type) {
    parts.addObject().putObject("Sequence").put("id", name).put("type_id", type);
  }

  private static void token(ObjectNode tokens, int id, String name) {
    ObjectNode token = tokens.putObject(name).put("id", name);
    token.putArray("ids").add(id);
    token.putArray("tokens").add(name);
  }
}
