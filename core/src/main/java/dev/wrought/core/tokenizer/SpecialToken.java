package dev.wrought.core.tokenizer;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;

/** A token that no text becomes unless the caller allows it, such as {@code <|endoftext|>}. */
public record SpecialToken(int id, String content) {
  public SpecialToken {
    if (id < 0 || content.isEmpty()) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "special token '" + content + "' with id " + id + ": a name and an id from 0 are needed");
    }
  }
}
