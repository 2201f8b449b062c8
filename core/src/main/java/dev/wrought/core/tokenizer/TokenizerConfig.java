package dev.wrought.core.tokenizer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrought.core.artifact.DurableFiles;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * Hugging Face's {@code tokenizer_config.json}, with which transformers' AutoTokenizer loads the
 * {@code tokenizer.json} beside it. Where the file is there already, what a tokenizer does not say,
 * such as a chat template, stays in it; tokens that it does not have do not.
 */
public final class TokenizerConfig {
  /** The file's name in a tokenizer's or a checkpoint's folder. */
  public static final String FILE = "tokenizer_config.json";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /** Settings that name a token, which another tokenizer need not have. */
  private static final List<String> ROLES =
      List.of(
          "bos_token",
          "eos_token",
          "unk_token",
          "pad_token",
          "sep_token",
          "cls_token",
          "mask_token");

  private TokenizerConfig() {}

  /**
   * Writes the file for a tokenizer.
   *
   * @param folder where its tokenizer.json is
   * @throws WroughtException CORRUPT_FILE if what is there already is no JSON object
   */
  public static void write(Tokenizer tokenizer, Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    DurableFiles.write(file, content(tokenizer, file));
  }

  /**
   * What the file is to hold: the tokenizer's settings over those that are there.
   *
   * @throws WroughtException CORRUPT_FILE if what is there already is no JSON object
   */
  static byte[] content(Tokenizer tokenizer, Path file) throws IOException {
    ObjectNode settings = Files.exists(file) ? read(file) : JSON.createObjectNode();
    ROLES.forEach(role -> {
      if (!has(tokenizer, settings.path(role))) {
        settings.remove(role);
      }
    });
    settings.setAll(config(tokenizer));
    return (JSON.writeValueAsString(settings) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Whether a tokenizer has a token. @param token as text, or as an object with its content */
  private static boolean has(Tokenizer tokenizer, JsonNode token) {
    String content = token.isTextual() ? token.asText() : token.path("content").asText();
    return tokenizer.parts().added().stream().anyMatch(each -> each.content().equals(content));
  }

  private static ObjectNode read(Path file) throws IOException {
    try {
      JsonNode there = JSON.readTree(TokenizerFile.content(file));
      if (there instanceof ObjectNode settings) {
        return settings;
      }
      throw notKept(file, "it is no JSON object");
    } catch (JsonProcessingException failure) {
      throw notKept(file, TokenizerJsonParser.reason(failure));
    }
  }

  private static WroughtException notKept(Path file, String why) {
    return new WroughtException(
        ErrorCode.CORRUPT_FILE,
        "%s: its settings cannot be kept: %s; nothing was written: mend it or move it away, or write to another folder"
            .formatted(file, why));
  }

  private static ObjectNode config(Tokenizer tokenizer) {
    ObjectNode config = JSON.createObjectNode();
    config.put("tokenizer_class", "PreTrainedTokenizerFast");
    config.put("add_prefix_space", false);
    // True would take spaces away before punctuation: decoded text would not be the original.
    config.put("clean_up_tokenization_spaces", false);
    Roles roles = tokenizer.parts().roles();
    putRole(config, "bos_token", roles.begin(), tokenizer);
    putRole(config, "eos_token", roles.end(), tokenizer);
    putRole(config, "pad_token", roles.pad(), tokenizer);
    putRole(config, "unk_token", roles.unknown(), tokenizer);
    ObjectNode byId = config.putObject("added_tokens_decoder");
    ArrayNode additional = config.putArray("additional_special_tokens");
    for (AddedToken token : tokenizer.parts().added()) {
      byId.putObject(Integer.toString(token.id()))
          .put("content", token.content())
          .put("lstrip", token.rules().lstrip())
          .put("normalized", token.rules().normalized())
          .put("rstrip", token.rules().rstrip())
          .put("single_word", token.rules().singleWord())
          .put("special", token.special());
      if (token.special() && !roles.has(token.id())) {
        additional.add(token.content());
      }
    }
    return config;
  }

  private static void putRole(ObjectNode config, String key, OptionalInt id, Tokenizer tokenizer) {
    id.ifPresent(token -> config.put(key, tokenizer.writtenForm(token)));
  }
}
