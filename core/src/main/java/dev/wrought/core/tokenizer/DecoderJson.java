package dev.wrought.core.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The {@code decoder} of a {@code tokenizer.json}. */
final class DecoderJson {
  private static final String STEPS = "decoders";

  private DecoderJson() {}

  static Decoding read(JsonNode setting) {
    String mark = "";
    boolean dropFirstSpace = false;
    for (JsonNode step : JsonSteps.flat(setting, STEPS)) {
      String type = JsonSteps.type(step);
      switch (type) {
        case "ByteLevel", "ByteFallback", "Fuse" -> {}
        case "Metaspace" -> {
          mark = JsonSteps.text(step, "replacement");
          dropFirstSpace =
              step.has("prepend_scheme")
                  ? !step.path("prepend_scheme").asText().equals("never")
                  : step.path("add_prefix_space").asBoolean(true);
        }
        case "Replace" -> {
          mark = JsonSteps.text(step.path("pattern"), "String");
          if (!JsonSteps.text(step, "content").equals(" ")) {
            throw JsonSteps.unknown("decoder Replace by other than a space", "that by a space");
          }
        }
        case "Strip" -> {
          int first = step.path("start").asInt();
          boolean known =
              step.path("content").asText().equals(" ")
                  && (first == 0 || first == 1)
                  && step.path("stop").asInt() == 0;
          if (!known) {
            throw JsonSteps.unknown("decoder " + step, "Strip of one space at the start");
          }
          dropFirstSpace = first == 1;
        }
        default ->
            throw JsonSteps.unknown(
                "decoder " + type,
                "ByteLevel, Metaspace, Replace, ByteFallback, Fuse, Strip and their Sequence");
      }
    }
    return new Decoding(mark, dropFirstSpace);
  }

  static JsonNode write(TokenizerParts parts) {
    if (parts.model() instanceof BpeModel bpe && bpe.rules().byteLevel()) {
      return PreTokenizerJson.byteLevel(false, true);
    }
    Decoding decoding = parts.decoding();
    List<ObjectNode> steps = new ArrayList<>();
    if (!decoding.spaceMark().isEmpty()) {
      ObjectNode replace = JsonSteps.step("Replace");
      replace.putObject("pattern").put("String", decoding.spaceMark());
      steps.add(replace.put("content", " "));
    }
    steps.add(JsonSteps.step("ByteFallback"));
    steps.add(JsonSteps.step("Fuse"));
    if (decoding.dropFirstSpace()) {
      steps.add(JsonSteps.step("Strip").put("content", " ").put("start", 1).put("stop", 0));
    }
    return JsonSteps.sequence(steps, STEPS);
  }
}
