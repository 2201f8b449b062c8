package dev.wrought.core.tokenizer;

import dev.wrought.core.text.CharacterMap;
import dev.wrought.core.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What SentencePiece does to text before its models: spaces become marks, one may be put in front.
 *
 * @param table of characters and what becomes of them, if there is one
 * @param removeSpaces whether spaces at the ends, and all but one in a row, are left out
 * @param addSpace whether the text gets a space in front
 * @param once whether added tokens in the text do not begin another one, as SentencePiece itself
 *     has it; others put a space after each
 */
record SentencePieceText(
    Optional<CharacterMap> table, boolean removeSpaces, boolean addSpace, boolean once) {
  /** The mark for a space. */
  static final String MARK = "\u2581";

  private static final String SPACE = " ";

  /** Puts marks in place of spaces, and nothing else. */
  static final Normalizer MARKED = new Normalizer.Replace(SPACE, MARK);

  Normalizer normalizer() {
    List<Normalizer> steps = new ArrayList<>();
    table.ifPresent(map -> steps.add(new Normalizer.ByTable(map, false)));
    if (removeSpaces) {
      steps.add(new Normalizer.Strip(true, true));
      steps.add(new Normalizer.ReplaceMatches(" {2,}", SPACE));
    }
    if (addSpace) {
      steps.add(once ? new Normalizer.Prefix(MARK) : new Normalizer.Prepend(MARK));
    }
    steps.add(MARKED);
    return new Normalizer.Sequence(steps);
  }

  Decoding decoding() {
    return new Decoding(MARK, addSpace);
  }

  /**
   * What a tokenizer does to text, if it is of this kind.
   *
   * @throws dev.wrought.core.error.WroughtException FAILED_PRECONDITION if it is not
   */
  static SentencePieceText of(TokenizerParts parts) {
    List<Normalizer> steps =
        parts.normalizer() instanceof Normalizer.Sequence(var several)
            ? several
            : List.of(parts.normalizer());
    Optional<CharacterMap> table =
        steps.stream()
            .filter(Normalizer.ByTable.class::isInstance)
            .map(step -> ((Normalizer.ByTable) step).table())
            .findFirst();
    for (boolean removeSpaces : new boolean[] {false, true}) {
      for (boolean addSpace : new boolean[] {false, true}) {
        boolean once = steps.contains(new Normalizer.Prefix(MARK));
        SentencePieceText text = new SentencePieceText(table, removeSpaces, addSpace, once);
        boolean same = text.normalizer().equals(new Normalizer.Sequence(steps));
        if (parts.preTokenizers().isEmpty() && same) {
          return text;
        }
      }
    }
    throw JsonSteps.unknown("this normalizer in GGUF", "SentencePiece's");
  }
}
