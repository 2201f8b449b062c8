package dev.wrought.core.tokenizer;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.text.Normalizer;
import dev.wrought.core.text.Split;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a tokenizer is made of: data, read from files of several formats and written to them.
 *
 * @param preTokenizers in this order
 * @param added tokens outside the model, in the order of the file
 */
record TokenizerParts(
    Normalizer normalizer,
    List<PreTokenizer> preTokenizers,
    Model model,
    List<AddedToken> added,
    Template template,
    Decoding decoding,
    Roles roles) {
  TokenizerParts {
    preTokenizers = List.copyOf(preTokenizers);
    added = List.copyOf(added);
  }

  /** Bytes, cut by a rule: what GPT-2 began and most have followed. */
  static TokenizerParts byteLevel(Split split, Model model, List<AddedToken> added) {
    return new TokenizerParts(
        Normalizer.NONE,
        List.of(new PreTokenizer.Cut(split)),
        model,
        added,
        Template.NONE,
        Decoding.PLAIN,
        roles(added));
  }

  /** The roles of special tokens by their names. */
  static Roles roles(List<AddedToken> added) {
    return Roles.ofNames(
        added.stream()
            .filter(AddedToken::special)
            .collect(Collectors.toMap(AddedToken::content, AddedToken::id, (first, _) -> first)));
  }

  /**
   * All tokens by id, as they are decoded.
   *
   * @throws WroughtException CORRUPT_FILE, naming the token, if ids clash or are missing, a special
   *     token has no name, or the template has one that does not exist
   */
  Vocabulary vocabulary() {
    Vocabulary all = new Vocabulary(model, added, decoding);
    checkTemplate(template.before(), all);
    checkTemplate(template.after(), all);
    return all;
  }

  private static void checkTemplate(List<Integer> ids, Vocabulary all) {
    for (int id : ids) {
      if (!all.has(id)) {
        throw new WroughtException(
            ErrorCode.CORRUPT_FILE,
            "texts are to begin or end with token %d, which does not exist: ids are 0 to %d"
                .formatted(id, all.size() - 1));
      }
    }
  }
}
