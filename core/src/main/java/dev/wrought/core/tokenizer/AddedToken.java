package dev.wrought.core.tokenizer;

/**
 * A token outside the model, found in text before that sees it. One that is not special is found in
 * any text; a special one only where the caller allows it.
 *
 * @param rules what else has to hold, or happens, where it is found
 */
public record AddedToken(int id, String content, boolean special, Rules rules) {
  /**
   * By the names in files.
   *
   * @param singleWord it is found only where no letter, number or underscore touches it
   * @param lstrip it takes white space before it along
   * @param rstrip it takes white space after it along
   * @param normalized it is looked for in normalized text, itself normalized
   */
  public record Rules(boolean singleWord, boolean lstrip, boolean rstrip, boolean normalized) {
    static final Rules NONE = new Rules(false, false, false, false);
    static final Rules IN_NORMALIZED = new Rules(false, false, false, true);
  }

  static AddedToken special(int id, String content) {
    return new AddedToken(id, content, true, Rules.NONE);
  }

  SpecialToken asSpecial() {
    return new SpecialToken(id, content);
  }
}
