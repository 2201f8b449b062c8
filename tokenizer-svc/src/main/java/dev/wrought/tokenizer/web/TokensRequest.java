package dev.wrought.tokenizer.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.tokenizer.EncodingOptions;
import java.io.IOException;

/**
 * A text to take apart.
 *
 * @param tokenizer name, name@digest or absolute path
 * @param allowSpecial special tokens written in the text become their ids
 * @param addSpecial the text gets the special tokens at its ends that its tokenizer says
 * @param shown how many tokens the answer lists at most; it counts all
 */
record TokensRequest(
    String tokenizer, String text, boolean allowSpecial, boolean addSpecial, int shown) {
  private static final int MOST_SHOWN = 10_000;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  TokensRequest {
    if (shown < 0 || shown > MOST_SHOWN) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "shown: %d; 0 to %d are possible".formatted(shown, MOST_SHOWN));
    }
  }

  /**
   * Reads a request. @throws WroughtException INVALID_ARGUMENT, with the place where it is wrong
   */
  static TokensRequest parse(byte[] body) {
    try {
      return JSON.readValue(body, TokensRequest.class);
    } catch (JsonProcessingException wrong) {
      if (wrong.getCause() instanceof WroughtException refused) {
        throw refused;
      }
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "the request is not {tokenizer, text, allowSpecial, addSpecial, shown} as JSON: "
              + wrong.getOriginalMessage(),
          wrong);
    } catch (IOException impossible) {
      throw new AssertionError("reading from memory", impossible);
    }
  }

  EncodingOptions options() {
    return EncodingOptions.PLAIN.withAllowSpecial(allowSpecial).withAddSpecial(addSpecial);
  }
}
