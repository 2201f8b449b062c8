package dev.wrought.core.tokenizer;

import java.util.List;

/** The special tokens that a text gets at its ends, such as the beginning of a sequence. */
public record Template(List<Integer> before, List<Integer> after) {
  static final Template NONE = new Template(List.of(), List.of());

  public Template {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }
}
