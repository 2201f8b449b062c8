package dev.wrought.core.tokenizer;

import java.util.List;

/**
 * What is done to a text's tokens at last: it gets special ones at its ends, such as the beginning
 * of a sequence, and the places of tokens may be trimmed.
 */
public record Template(List<Integer> before, List<Integer> after, TrimmedPlaces trimmed) {
  static final Template NONE = new Template(List.of(), List.of(), TrimmedPlaces.NONE);

  public Template {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /** One that trims no places. */
  Template(List<Integer> before, List<Integer> after) {
    this(before, after, TrimmedPlaces.NONE);
  }

  /** Whether texts get no special tokens. */
  boolean isWithoutTokens() {
    return before.isEmpty() && after.isEmpty();
  }
}
