package dev.wrought.core.tokenizer;

import static com.fasterxml.jackson.core.JsonToken.END_ARRAY;
import static com.fasterxml.jackson.core.JsonToken.END_OBJECT;
import static com.fasterxml.jackson.core.JsonToken.START_ARRAY;
import static com.fasterxml.jackson.core.JsonToken.START_OBJECT;
import static com.fasterxml.jackson.core.JsonToken.VALUE_NUMBER_INT;
import static com.fasterxml.jackson.core.JsonToken.VALUE_STRING;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the {@code model} of a {@code tokenizer.json} as a stream: vocabulary and merges, hundreds
 * of thousands of entries, go straight into their lists.
 */
final class ModelJson {
  private final JsonParser parser;
  private TokenList tokens = new TokenList(0);
  private final List<UnigramModel.Piece> pieces = new ArrayList<>();
  private final MergeReader merges = new MergeReader(0);
  private final Map<String, JsonNode> settings = new HashMap<>();

  /**
   * @param parser at the beginning of the model
   */
  ModelJson(JsonParser parser) {
    this.parser = parser;
  }

  /** Reads it to its end. */
  void read() throws IOException {
    expect(parser.currentToken(), START_OBJECT, "model");
    while (parser.nextToken() != END_OBJECT) {
      String key = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (key) {
        case "vocab" -> {
          if (value == START_ARRAY) {
            readPieces();
          } else {
            tokens = readVocabulary(parser);
          }
        }
        case "merges" -> readMerges();
        default -> settings.put(key, parser.readValueAsTree());
      }
    }
  }

  /** The model. @param byteLevel whether its tokens are bytes, which the file says elsewhere */
  Model model(boolean byteLevel) {
    String type = setting("type").asText();
    return switch (type) {
      case "BPE" -> bpe(byteLevel);
      case "Unigram" -> unigram();
      default -> throw JsonSteps.unknown("model.type " + type, "BPE and Unigram");
    };
  }

  private Model bpe(boolean byteLevel) {
    refuseUnlessEmpty("dropout");
    refuseUnlessEmpty("continuing_subword_prefix");
    refuseUnlessEmpty("end_of_word_suffix");
    JsonNode unknown = setting("unk_token");
    return new BpeModel(
        tokens,
        merges.of(tokens),
        new BpeModel.Rules(
            byteLevel,
            setting("ignore_merges").asBoolean(),
            setting("byte_fallback").asBoolean(),
            unknown.isTextual() && !byteLevel ? Optional.of(unknown.asText()) : Optional.empty(),
            setting("fuse_unk").asBoolean()));
  }

  private Model unigram() {
    JsonNode unknown = setting("unk_id");
    if (!unknown.canConvertToInt() || !unknown.isIntegralNumber()) {
      throw damaged("model.unk_id is " + unknown + "; a unigram model needs the id of a piece");
    }
    return new UnigramModel(
        pieces,
        new UnigramModel.Rules(unknown.asInt(), setting("byte_fallback").asBoolean(), false));
  }

  /** Tokens with their ids. @param parser at the beginning of the object */
  static TokenList readVocabulary(JsonParser parser) throws IOException {
    TokenList tokens = new TokenList(0);
    expect(parser.currentToken(), START_OBJECT, "the vocabulary");
    while (parser.nextToken() != END_OBJECT) {
      String token = parser.currentName();
      expect(parser.nextToken(), VALUE_NUMBER_INT, "the id of token '" + token + "'");
      if (tokens.add(parser.getIntValue(), token) != TokenList.NONE) {
        throw damaged("token '" + token + "' is there twice");
      }
    }
    return tokens;
  }

  private void readPieces() throws IOException {
    while (parser.nextToken() != END_ARRAY) {
      String what = "piece " + pieces.size();
      expect(parser.currentToken(), START_ARRAY, what);
      expect(parser.nextToken(), VALUE_STRING, what);
      String text = parser.getText();
      if (!parser.nextToken().isNumeric()) {
        throw damaged("the score of " + what + " is " + parser.getText() + ", not a number");
      }
      pieces.add(new UnigramModel.Piece(text, parser.getDoubleValue(), true));
      expect(parser.nextToken(), END_ARRAY, what);
      if (pieces.size() > TokenList.MOST_TOKENS) {
        throw damaged("more than " + TokenList.MOST_TOKENS + " tokens");
      }
    }
  }

  private void readMerges() throws IOException {
    expect(parser.currentToken(), START_ARRAY, "model.merges");
    while (parser.nextToken() != END_ARRAY) {
      String what = "merge " + merges.size();
      if (parser.currentToken() == START_ARRAY) {
        readPair(what);
      } else {
        expect(parser.currentToken(), VALUE_STRING, what);
        merges.add(parser.getText());
      }
    }
  }

  /** A merge as ["a", "b"]. */
  private void readPair(String what) throws IOException {
    expect(parser.nextToken(), VALUE_STRING, what);
    String left = parser.getText();
    expect(parser.nextToken(), VALUE_STRING, what);
    merges.add(left, parser.getText());
    expect(parser.nextToken(), END_ARRAY, what);
  }

  private void refuseUnlessEmpty(String key) {
    JsonNode value = setting(key);
    boolean empty =
        value.isMissingNode()
            || value.isNull()
            || (value.isTextual() ? value.asText().isEmpty() : value.asDouble() == 0);
    if (!empty) {
      throw JsonSteps.unknown("model." + key + " " + value, "a model without it");
    }
  }

  private JsonNode setting(String key) {
    return settings.getOrDefault(key, MissingNode.getInstance());
  }

  static void expect(JsonToken found, JsonToken expected, String what) {
    if (found != expected) {
      throw damaged(what + " is " + found + " where " + expected + " is expected");
    }
  }

  private static WroughtException damaged(String why) {
    return new WroughtException(ErrorCode.CORRUPT_FILE, why);
  }
}
