package dev.wrought.tokenizer.build;

import dev.wrought.core.artifact.Artifact;
import dev.wrought.core.artifact.ArtifactKind;
import dev.wrought.core.artifact.Artifacts;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.tokenizer.corpus.CorpusSpec;

/**
 * A wish for a dataset.
 *
 * @param name that it will be found by
 * @param tokenizer to encode with
 * @param validationFraction share of the documents to hold out, between 0 and 0.5
 */
public record BuildRequest(
    String name, Artifact tokenizer, CorpusSpec corpus, double validationFraction) {
  /** What a request that does not say gets. */
  public static final double DEFAULT_VALIDATION_FRACTION = 0.01;

  public BuildRequest {
    Artifacts.checkName(ArtifactKind.DATASET, name);
    if (!(validationFraction > 0 && validationFraction < 0.5)) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "the share of documents to hold out is "
              + validationFraction
              + "; it must be above 0 and below 0.5 (left out, it is "
              + DEFAULT_VALIDATION_FRACTION
              + ")");
    }
  }
}
