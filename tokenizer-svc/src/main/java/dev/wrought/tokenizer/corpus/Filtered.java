package dev.wrought.tokenizer.corpus;

/** What a filter made of a document. */
public sealed interface Filtered {
  /** It stays. @param content its bytes from now on, perhaps the same */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Kept(byte[] content) implements Filtered {}

  /**
   * It is left out.
   *
   * @param rule which of the filter's rules it broke, counted as "filter/rule"; empty: the filter
   *     has but one, counted under its name
   */
  record Dropped(String rule) implements Filtered {}

  static Filtered kept(byte[] content) {
    return new Kept(content);
  }

  static Filtered dropped(String rule) {
    return new Dropped(rule);
  }
}
