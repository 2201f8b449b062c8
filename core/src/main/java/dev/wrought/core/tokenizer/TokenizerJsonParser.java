package dev.wrought.core.tokenizer;

import static com.fasterxml.jackson.core.JsonToken.END_ARRAY;
import static com.fasterxml.jackson.core.JsonToken.END_OBJECT;
import static com.fasterxml.jackson.core.JsonToken.START_ARRAY;
import static com.fasterxml.jackson.core.JsonToken.START_OBJECT;
import static com.fasterxml.jackson.core.JsonToken.VALUE_NUMBER_INT;
import static com.fasterxml.jackson.core.JsonToken.VALUE_STRING;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads {@code tokenizer.json} as a stream: vocabulary and merges, hundreds of thousands of
 * entries, straight into their lists, the few settings around them as small trees.
 */
final class TokenizerJsonParser {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final int MOST_MERGES = BpeVocabulary.MOST_TOKENS;

  private final JsonParser parser;
  private final Map<String, Integer> ids = new HashMap<>();
  private final List<BpeVocabulary.Merge> merges = new ArrayList<>();
  private final List<AddedToken> added = new ArrayList<>();
  private boolean hasModel;
  private boolean hasPreTokenizer;
  private Splitting splitting = Splitting.GPT2;
  private boolean wholeWords;

  private TokenizerJsonParser(JsonParser parser) {
    this.parser = parser;
  }

  static BpeVocabulary parse(byte[] json) throws IOException {
    try (JsonParser parser = JSON.createParser(json)) {
      return new TokenizerJsonParser(parser).readFile();
    }
  }

  /** " at line 3, column 7", as far as it is known. */
  static String position(JsonProcessingException failure) {
    JsonLocation at = failure.getLocation();
    return at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
  }

  private BpeVocabulary readFile() throws IOException {
    expect(parser.nextToken(), START_OBJECT, "the file");
    while (parser.nextToken() != END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      switch (key) {
        case "model" -> readModel();
        case "added_tokens" -> readAddedTokens();
        case "pre_tokenizer" -> {
          splitting = splitting(parser.readValueAsTree());
          hasPreTokenizer = true;
        }
        case "normalizer" -> checkType(key, parser.readValueAsTree(), Set.of(""));
        case "post_processor", "decoder" ->
            checkType(key, parser.readValueAsTree(), Set.of("", "ByteLevel"));
        default -> parser.skipChildren();
      }
    }
    if (!hasModel || !hasPreTokenizer) {
      throw damaged("it has no " + (hasModel ? "pre_tokenizer" : "model"));
    }
    return new BpeVocabulary(ids, merges, added, new BpeVocabulary.Rules(splitting, wholeWords));
  }

  private void readModel() throws IOException {
    expect(parser.currentToken(), START_OBJECT, "model");
    hasModel = true;
    while (parser.nextToken() != END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      switch (key) {
        case "type" -> checkModelType(parser.readValueAsTree());
        case "vocab" -> readVocabulary();
        case "merges" -> readMerges();
        case "dropout" -> refuseUnless(key, isEmpty(parser.readValueAsTree()), "null");
        case "continuing_subword_prefix", "end_of_word_suffix" ->
            refuseUnless(key, isEmpty(parser.readValueAsTree()), "empty");
        case "ignore_merges" -> {
          JsonNode value = parser.readValueAsTree();
          refuseUnless(key, value.isBoolean() || isEmpty(value), "true or false");
          wholeWords = value.asBoolean();
        }
        default -> parser.skipChildren();
      }
    }
  }

  private void readVocabulary() throws IOException {
    expect(parser.currentToken(), START_OBJECT, "model.vocab");
    while (parser.nextToken() != END_OBJECT) {
      String token = parser.currentName();
      expect(parser.nextToken(), VALUE_NUMBER_INT, "the id of token '" + token + "'");
      Integer earlier = ids.put(token, parser.getIntValue());
      if (earlier != null) {
        throw damaged("token '" + token + "' is there twice");
      }
      if (ids.size() > BpeVocabulary.MOST_TOKENS) {
        throw damaged("more than " + BpeVocabulary.MOST_TOKENS + " tokens");
      }
    }
  }

  private void readMerges() throws IOException {
    expect(parser.currentToken(), START_ARRAY, "model.merges");
    while (parser.nextToken() != END_ARRAY) {
      merges.add(parser.currentToken() == START_ARRAY ? readPair() : splitPair());
      if (merges.size() > MOST_MERGES) {
        throw damaged("more than " + MOST_MERGES + " merges");
      }
    }
  }

  /** A merge as ["a", "b"]. */
  private BpeVocabulary.Merge readPair() throws IOException {
    String what = "merge " + merges.size();
    expect(parser.nextToken(), VALUE_STRING, what);
    String left = parser.getText();
    expect(parser.nextToken(), VALUE_STRING, what);
    String right = parser.getText();
    expect(parser.nextToken(), END_ARRAY, what);
    return new BpeVocabulary.Merge(left, right);
  }

  /** A merge as "a b". */
  private BpeVocabulary.Merge splitPair() throws IOException {
    expect(parser.currentToken(), VALUE_STRING, "merge " + merges.size());
    String text = parser.getText();
    int space = text.indexOf(' ');
    if (space < 0 || text.indexOf(' ', space + 1) >= 0) {
      throw damaged("merge %d is '%s', not two tokens".formatted(merges.size(), text));
    }
    return new BpeVocabulary.Merge(text.substring(0, space), text.substring(space + 1));
  }

  private void readAddedTokens() throws IOException {
    expect(parser.currentToken(), START_ARRAY, "added_tokens");
    while (parser.nextToken() != END_ARRAY) {
      JsonNode token = parser.readValueAsTree();
      String content = token.path("content").asText();
      JsonNode id = token.path("id");
      if (content.isEmpty() || !id.canConvertToInt() || !id.isIntegralNumber()) {
        throw damaged("added token " + added.size() + " is " + token + ": id and content needed");
      }
      for (String rule : List.of("lstrip", "rstrip", "single_word")) {
        refuseUnless(
            rule + " of added token '" + content + "'", isEmpty(token.path(rule)), "false");
      }
      added.add(new AddedToken(id.asInt(), content, token.path("special").asBoolean()));
    }
  }

  /**
   * GPT-2's own rules where ByteLevel is to use its pattern; else those of the pattern that a Split
   * before it has.
   */
  private static Splitting splitting(JsonNode setting) {
    checkType("pre_tokenizer", setting, Set.of("ByteLevel", "Sequence"));
    if (setting.path("type").asText().equals("ByteLevel")) {
      checkByteLevel(setting, true);
      return Splitting.GPT2;
    }
    JsonNode steps = setting.path("pretokenizers");
    refuseUnless(
        "pre_tokenizer of %d steps".formatted(steps.size()),
        steps.size() == 2,
        "Split, then ByteLevel");
    JsonNode split = steps.path(0);
    checkType("pre_tokenizer step 1", split, Set.of("Split"));
    refuseUnless(
        "behavior of Split", split.path("behavior").asText().equals("Isolated"), "Isolated");
    refuseUnless("invert of Split", isEmpty(split.path("invert")), "false");
    checkByteLevel(steps.path(1), false);
    String pattern = split.path("pattern").path("Regex").asText();
    return Splitting.of(pattern)
        .orElseThrow(() ->
            unknown("the pattern " + pattern, "that of GPT-2, GPT-4, LLaMA 3, Qwen 2 or GPT-4o"));
  }

  private static void checkByteLevel(JsonNode setting, boolean ownPattern) {
    checkType("pre_tokenizer", setting, Set.of("ByteLevel"));
    refuseUnless(
        "pre_tokenizer.add_prefix_space", isEmpty(setting.path("add_prefix_space")), "false");
    refuseUnless(
        "pre_tokenizer.use_regex",
        setting.path("use_regex").asBoolean(true) == ownPattern,
        Boolean.toString(ownPattern));
  }

  private static void checkModelType(JsonNode type) {
    refuseUnless("model.type", type.asText().equals("BPE"), "BPE");
  }

  private static void checkType(String key, JsonNode setting, Set<String> known) {
    String type = setting.path("type").asText();
    refuseUnless(
        key + " " + (type.isEmpty() ? "null" : type),
        known.contains(type),
        known.contains("ByteLevel") ? "ByteLevel" : "null");
  }

  /** Missing, null, false, zero or "". */
  private static boolean isEmpty(JsonNode value) {
    return value.asText().isEmpty()
        || (value.isValueNode() && !value.asBoolean() && !value.isTextual());
  }

  private static void refuseUnless(String what, boolean known, String allowed) {
    if (!known) {
      throw unknown(what, allowed);
    }
  }

  private static WroughtException unknown(String what, String allowed) {
    return new WroughtException(
        ErrorCode.FAILED_PRECONDITION,
        what + " is not known to this version: it reads byte-level BPE, where that is " + allowed);
  }

  private static void expect(JsonToken found, JsonToken expected, String what) {
    if (found != expected) {
      throw damaged(what + " is " + found + " where " + expected + " is expected");
    }
  }

  private static WroughtException damaged(String why) {
    return new WroughtException(ErrorCode.CORRUPT_FILE, why);
  }
}
