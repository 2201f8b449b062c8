package dev.wrought.core.tokenizer;

import static com.fasterxml.jackson.core.JsonToken.END_ARRAY;
import static com.fasterxml.jackson.core.JsonToken.END_OBJECT;
import static com.fasterxml.jackson.core.JsonToken.START_ARRAY;
import static com.fasterxml.jackson.core.JsonToken.START_OBJECT;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code tokenizer.json}: the model as a stream, the settings around it as small trees. */
final class TokenizerJsonParser {
  /**
   * Names are tokens, hundreds of thousands of them: to remember each would cost more than it
   * saves.
   */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  /** What Jackson says of a place besides its line and column: that it does not tell the text. */
  private static final Pattern SOURCE = Pattern.compile("\\[Source: [^;]*; ([^]]*)]");

  private final JsonParser parser;
  private @Nullable ModelJson model;
  private final List<AddedToken> added = new ArrayList<>();
  private JsonNode normalizer = NullNode.getInstance();
  private JsonNode preTokenizer = NullNode.getInstance();
  private JsonNode postProcessor = NullNode.getInstance();
  private JsonNode decoder = NullNode.getInstance();

  private TokenizerJsonParser(JsonParser parser) {
    this.parser = parser;
  }

  static TokenizerParts parse(byte[] json) throws IOException {
    try (JsonParser parser = JSON.createParser(json)) {
      return new TokenizerJsonParser(parser).readFile();
    }
  }

  /** What is wrong and, as far as that is known, where: " at line 3, column 7". */
  static String reason(JsonProcessingException failure) {
    String why = SOURCE.matcher(failure.getOriginalMessage()).replaceAll("$1");
    JsonLocation at = failure.getLocation();
    return at == null ? why : why + " at line " + at.getLineNr() + ", column " + at.getColumnNr();
  }

  private TokenizerParts readFile() throws IOException {
    ModelJson.expect(parser.nextToken(), START_OBJECT, "the file");
    while (parser.nextToken() != END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      switch (key) {
        case "model" -> {
          model = new ModelJson(parser);
          model.read();
        }
        case "added_tokens" -> readAddedTokens();
        case "normalizer" -> normalizer = JsonSteps.read(parser);
        case "pre_tokenizer" -> preTokenizer = JsonSteps.read(parser);
        case "post_processor" -> postProcessor = JsonSteps.read(parser);
        case "decoder" -> decoder = JsonSteps.read(parser);
        default -> parser.skipChildren();
      }
    }
    if (model == null) {
      throw damaged("it has no model");
    }
    PreTokenizerJson steps = PreTokenizerJson.read(preTokenizer);
    return new TokenizerParts(
        NormalizerJson.read(normalizer),
        steps.steps(),
        model.model(steps.byteLevel()),
        added,
        PostProcessorJson.read(postProcessor),
        DecoderJson.read(decoder),
        TokenizerParts.roles(added));
  }

  private void readAddedTokens() throws IOException {
    ModelJson.expect(parser.currentToken(), START_ARRAY, "added_tokens");
    while (parser.nextToken() != END_ARRAY) {
      JsonNode token = JsonSteps.read(parser);
      String content = token.path("content").asText();
      JsonNode id = token.path("id");
      if (content.isEmpty() || !id.canConvertToInt() || !id.isIntegralNumber()) {
        throw damaged("added token " + added.size() + " is " + token + ": id and content needed");
      }
      AddedToken.Rules rules =
          new AddedToken.Rules(
              token.path("single_word").asBoolean(),
              token.path("lstrip").asBoolean(),
              token.path("rstrip").asBoolean(),
              token.path("normalized").asBoolean());
      added.add(new AddedToken(id.asInt(), content, token.path("special").asBoolean(), rules));
    }
  }

  private static WroughtException damaged(String why) {
    return new WroughtException(ErrorCode.CORRUPT_FILE, why);
  }
}
