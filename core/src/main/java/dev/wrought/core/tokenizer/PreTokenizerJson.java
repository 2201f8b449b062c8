package dev.wrought.core.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrought.core.text.Split;
import dev.wrought.core.text.SplitBehavior;
import dev.wrought.core.tokenizer.PreTokenizer.Cut;
import dev.wrought.core.tokenizer.PreTokenizer.CutWritten;
import dev.wrought.core.tokenizer.PreTokenizer.MarkSpaces;
import dev.wrought.core.tokenizer.PreTokenizer.PrefixSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The {@code pre_tokenizer} of a {@code tokenizer.json}.
 *
 * @param steps what it does
 * @param byteLevel whether the model then sees bytes
 */
record PreTokenizerJson(List<PreTokenizer> steps, boolean byteLevel) {
  private static final String STEPS = "pretokenizers";
  private static final String BYTE_LEVEL = "ByteLevel";
  private static final String NUMBER = "\\p{N}";

  static PreTokenizerJson read(JsonNode setting) {
    List<PreTokenizer> steps = new ArrayList<>();
    boolean byteLevel = false;
    for (JsonNode step : JsonSteps.flat(setting, STEPS)) {
      List<PreTokenizer> read = new ArrayList<>();
      read(step, read);
      if (byteLevel) {
        read.forEach(each -> steps.add(written(each, step)));
      } else {
        steps.addAll(read);
        byteLevel = JsonSteps.type(step).equals(BYTE_LEVEL);
      }
    }
    return new PreTokenizerJson(steps, byteLevel);
  }

  /** A step after ByteLevel. */
  private static PreTokenizer written(PreTokenizer step, JsonNode setting) {
    if (step instanceof Cut(Split split) && !JsonSteps.type(setting).equals(BYTE_LEVEL)) {
      return new CutWritten(split);
    }
    throw JsonSteps.unknown(
        "pre_tokenizer " + JsonSteps.type(setting) + " after ByteLevel", "a step that cuts");
  }

  private static void read(JsonNode step, List<PreTokenizer> steps) {
    String type = JsonSteps.type(step);
    switch (type) {
      case BYTE_LEVEL -> {
        if (step.path("add_prefix_space").asBoolean(true)) {
          steps.add(new PrefixSpace());
        }
        if (step.path("use_regex").asBoolean(true)) {
          steps.add(new Cut(Split.gpt2()));
        }
      }
      case "Metaspace" -> steps.add(metaspace(step));
      case "Split" ->
          steps.add(
              new Cut(
                  new Split(
                      JsonSteps.pattern(step),
                      behavior(step, "behavior"),
                      step.path("invert").asBoolean())));
      case "Digits" ->
          steps.add(
              cut(
                  NUMBER,
                  step.path("individual_digits").asBoolean()
                      ? SplitBehavior.ISOLATED
                      : SplitBehavior.CONTIGUOUS));
      case "Punctuation" -> steps.add(cut(Split.PUNCTUATION, behavior(step, "behavior")));
      case "WhitespaceSplit" -> steps.add(cut("\\s", SplitBehavior.REMOVED));
      case "Whitespace" -> steps.add(new Cut(new Split(Split.WORDS, SplitBehavior.REMOVED, true)));
      case "BertPreTokenizer" -> {
        steps.add(cut("\\s", SplitBehavior.REMOVED));
        steps.add(cut(Split.PUNCTUATION, SplitBehavior.ISOLATED));
      }
      default ->
          throw JsonSteps.unknown(
              "pre_tokenizer " + type,
              "ByteLevel, Metaspace, Split, Digits, Punctuation, Whitespace, WhitespaceSplit, BertPreTokenizer and their Sequence");
    }
  }

  private static Cut cut(String pattern, SplitBehavior behavior) {
    return new Cut(new Split(pattern, behavior, false));
  }

  private static SplitBehavior behavior(JsonNode step, String key) {
    String label = step.has(key) ? JsonSteps.text(step, key) : SplitBehavior.ISOLATED.label();
    return Arrays.stream(SplitBehavior.values())
        .filter(behavior -> behavior.label().equals(label))
        .findFirst()
        .orElseThrow(() ->
            JsonSteps.unknown(
                "behavior " + label + " of " + JsonSteps.type(step),
                Arrays.stream(SplitBehavior.values())
                    .map(SplitBehavior::label)
                    .collect(Collectors.joining(", "))));
  }

  /** Older files say add_prefix_space where newer ones have a prepend_scheme. */
  private static MarkSpaces metaspace(JsonNode step) {
    String scheme =
        step.has("prepend_scheme")
            ? JsonSteps.text(step, "prepend_scheme")
            : step.path("add_prefix_space").asBoolean(true) ? "always" : "never";
    return Arrays.stream(MarkSpaces.Prepend.values())
        .filter(prepend -> scheme.equals(label(prepend)))
        .findFirst()
        .map(prepend ->
            new MarkSpaces(
                JsonSteps.text(step, "replacement"), prepend, step.path("split").asBoolean(true)))
        .orElseThrow(
            () -> JsonSteps.unknown("prepend_scheme " + scheme, "always, first and never"));
  }

  private static String label(MarkSpaces.Prepend prepend) {
    return prepend.name().toLowerCase(Locale.ROOT);
  }

  JsonNode write() {
    List<ObjectNode> before = new ArrayList<>();
    List<ObjectNode> after = new ArrayList<>();
    boolean prefix = false;
    boolean gpt2 = false;
    for (PreTokenizer step : steps) {
      switch (step) {
        case PrefixSpace _ -> prefix = true;
        case Cut(Split split) when split.equals(Split.gpt2()) && isLastBeforeBytes(step) ->
            gpt2 = true;
        case Cut(Split split) -> before.add(split(split));
        case CutWritten(Split split) -> after.add(split(split));
        case MarkSpaces marks -> before.add(metaspace(marks));
      }
    }
    if (byteLevel) {
      before.add(byteLevel(prefix, gpt2));
    }
    before.addAll(after);
    return JsonSteps.sequence(before, STEPS);
  }

  private boolean isLastBeforeBytes(PreTokenizer step) {
    return byteLevel
        && step == steps.stream().filter(each -> !(each instanceof CutWritten)).toList().getLast();
  }

  private static ObjectNode split(Split split) {
    ObjectNode step = JsonSteps.step("Split");
    step.putObject("pattern").put("Regex", split.pattern());
    return step.put("behavior", split.behavior().label()).put("invert", split.invert());
  }

  static ObjectNode metaspace(MarkSpaces marks) {
    return JsonSteps.step("Metaspace")
        .put("replacement", marks.mark())
        .put("prepend_scheme", label(marks.prepend()))
        .put("split", marks.split());
  }

  static ObjectNode byteLevel(boolean prefix, boolean useRegex) {
    return JsonSteps.step(BYTE_LEVEL)
        .put("add_prefix_space", prefix)
        .put("trim_offsets", false)
        .put("use_regex", useRegex);
  }
}
