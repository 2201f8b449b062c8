package dev.wrought.core.tokenizer;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Which tokens begin and end texts, fill up what is too short, and stand for what is not known.
 * Files say it, or the tokens' names do.
 */
public record Roles(OptionalInt begin, OptionalInt end, OptionalInt pad, OptionalInt unknown) {
  private static final List<String> BEGIN =
      List.of("<s>", "<|begin_of_text|>", "<bos>", "<|endoftext|>", "[CLS]");
  private static final List<String> END =
      List.of("<|endoftext|>", "</s>", "<|end_of_text|>", "<eos>", "[SEP]");
  private static final List<String> PAD = List.of("<pad>", "[PAD]", "<|endoftext|>");
  private static final List<String> UNKNOWN = List.of("<unk>", "[UNK]");

  /** Whether a token has one of them. */
  boolean has(int id) {
    return Stream.of(begin, end, pad, unknown)
        .anyMatch(role -> role.isPresent() && role.getAsInt() == id);
  }

  /** By the names that families use. @param special ids by name */
  static Roles ofNames(Map<String, Integer> special) {
    return new Roles(
        first(BEGIN, special), first(END, special), first(PAD, special), first(UNKNOWN, special));
  }

  private static OptionalInt first(List<String> names, Map<String, Integer> special) {
    return names.stream().filter(special::containsKey).mapToInt(special::get).findFirst();
  }
}
