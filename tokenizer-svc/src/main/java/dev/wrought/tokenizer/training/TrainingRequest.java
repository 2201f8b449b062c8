package dev.wrought.tokenizer.training;

import dev.wrought.core.artifact.ArtifactKind;
import dev.wrought.core.artifact.Artifacts;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.tokenizer.ModelKind;
import dev.wrought.core.tokenizer.TokenizerFile;
import dev.wrought.core.tokenizer.VocabularySpec;
import dev.wrought.tokenizer.corpus.CorpusSpec;

/**
 * A wish for a tokenizer.
 *
 * @param name that it will be found by
 * @param sampleBytes of the corpus are counted at most; 0: all
 * @param memoryBytes that words may take; the rarest are dropped to stay within it. 0: all are kept
 */
public record TrainingRequest(
    String name,
    CorpusSpec corpus,
    ModelKind model,
    VocabularySpec vocabulary,
    long sampleBytes,
    long memoryBytes) {
  /** Some ten thousand words: with fewer a vocabulary is hardly worth learning. */
  private static final long LEAST_MEMORY = 1_000_000;

  public TrainingRequest {
    Artifacts.checkName(ArtifactKind.TOKENIZER, name);
    if (TokenizerFile.isName(name)) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "the name '%s' would be taken for a file's: give the tokenizer one that does not end as a tokenizer's file does"
              .formatted(name));
    }
    model.check(vocabulary);
    if (sampleBytes < 0) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "sample_bytes is " + sampleBytes + "; it must be 0, for all, or more");
    }
    if (memoryBytes != 0 && memoryBytes < LEAST_MEMORY) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "memory_bytes is %d; it must be 0, for all words, or at least %d"
              .formatted(memoryBytes, LEAST_MEMORY));
    }
  }
}
