package dev.wrought.tokenizer.training;

import dev.wrought.core.tokenizer.BpeTrainer;
import dev.wrought.core.tokenizer.ModelKind;
import dev.wrought.core.tokenizer.PrunedWords;
import dev.wrought.core.tokenizer.WordCounts;
import dev.wrought.tokenizer.corpus.Position;
import java.util.Map;

/** What a training has done so far: enough to go on from there as if nothing had happened. */
sealed interface TrainingState {
  /** The words up to a place in the corpus are counted. */
  record Counting(Position position, WordCounts counts, PrunedWords pruned)
      implements TrainingState {
    /** Nothing is. */
    static Counting start(ModelKind model) {
      return new Counting(Position.START, new WordCounts(model), PrunedWords.NONE);
    }
  }

  /** All words are counted, and some merges learnt. */
  record Merging(Facts facts, BpeTrainer trainer) implements TrainingState {}

  /**
   * What is told of a corpus in the end.
   *
   * @param bytesRead of all documents
   * @param dropped documents that were not counted, by reason
   * @param pruned words
   */
  record Facts(long bytesRead, Map<String, Long> dropped, PrunedWords pruned) {
    public Facts {
      dropped = Map.copyOf(dropped);
    }
  }
}
