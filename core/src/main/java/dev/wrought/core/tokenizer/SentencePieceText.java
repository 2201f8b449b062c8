package dev.wrought.core.tokenizer;

import dev.wrought.core.text.CharacterMap;
import dev.wrought.core.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What SentencePiece does to text before its models: spaces become marks, one is put in front. */
final class SentencePieceText {
  private static final String SPACE = " ";

  private SentencePieceText() {}

  /**
   * @param removeSpaces whether spaces at the ends, and all but one in a row, are left out
   * @param addSpace whether the text gets a space in front
   */
  static Normalizer normalizer(
      Optional<CharacterMap> table, boolean removeSpaces, boolean addSpace) {
    List<Normalizer> steps = new ArrayList<>();
    table.ifPresent(map -> steps.add(new Normalizer.ByTable(map, false)));
    if (removeSpaces) {
      steps.add(new Normalizer.Strip(true, true));
      steps.add(new Normalizer.ReplaceMatches(" {2,}", SPACE));
    }
    if (addSpace) {
      steps.add(new Normalizer.Prepend(GgufVocabulary.SPACE_MARK));
    }
    steps.add(new Normalizer.Replace(SPACE, GgufVocabulary.SPACE_MARK));
    return new Normalizer.Sequence(steps);
  }
}
