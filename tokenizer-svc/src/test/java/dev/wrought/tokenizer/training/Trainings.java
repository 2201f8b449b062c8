package dev.wrought.tokenizer.training;

import dev.wrought.core.artifact.Artifacts;
import dev.wrought.core.tokenizer.VocabularySpec;
import dev.wrought.tokenizer.corpus.Corpora;
import dev.wrought.tokenizer.corpus.CorpusSpec;
import java.nio.file.Path;
import java.time.Duration;

/** Small trainings for tests. */
public final class Trainings {
  /** That words may take; some have a million words. */
  static final long MEMORY = 1 << 28;

  static final TrainingProgress SILENT = (phase, fraction, bytesRead, merges) -> {};

  private Trainings() {}

  /** One that never has the time to save anything. */
  public static TokenizerTraining in(Path home, int threads) {
    return in(home, threads, Duration.ofHours(1));
  }

  static TokenizerTraining in(Path home, int threads, Duration saveInterval) {
    return new TokenizerTraining(
        new Artifacts(home),
        Corpora.plugins(home),
        new UnfinishedTrainings(home),
        new TrainingSettings(threads, MEMORY, saveInterval));
  }

  public static TrainingRequest request(String name, CorpusSpec corpus, int vocabularySize) {
    return new TrainingRequest(name, corpus, VocabularySpec.of(vocabularySize), 0, 0);
  }
}
