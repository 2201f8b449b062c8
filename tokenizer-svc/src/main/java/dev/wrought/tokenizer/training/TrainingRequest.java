package dev.wrought.tokenizer.training;

import dev.wrought.core.artifact.ArtifactKind;
import dev.wrought.core.artifact.Artifacts;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.tokenizer.BpeTrainer;
import dev.wrought.tokenizer.corpus.CorpusSpec;

/**
 * A wish for a tokenizer.
 *
 * @param name that it will be found by
 * @param vocabularySize ids at most, special tokens included
 * @param sampleBytes of the corpus are counted at most; 0: all
 */
public record TrainingRequest(
    String name, CorpusSpec corpus, int vocabularySize, long sampleBytes) {
  public TrainingRequest {
    Artifacts.checkName(ArtifactKind.TOKENIZER, name);
    BpeTrainer.checkVocabularySize(vocabularySize);
    if (sampleBytes < 0) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "sample_bytes is " + sampleBytes + "; it must be 0, for all, or more");
    }
  }
}
