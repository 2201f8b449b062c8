package dev.wrought.tokenizer.training;

import dev.wrought.core.artifact.Sha256;
import dev.wrought.tokenizer.corpus.CorpusListing;
import java.nio.charset.StandardCharsets;

/**
 * Tells trainings apart: the digest of everything that was asked for and of what lies at the
 * corpus' paths. If one of these changes, it is another training.
 */
final class TrainingKey {
  private TrainingKey() {}

  /**
   * @return 64 hex digits
   */
  static String of(TrainingRequest request) {
    // Records say all that they hold.
    String asked = request.toString() + CorpusListing.digest(request.corpus());
    return Sha256.of(asked.getBytes(StandardCharsets.UTF_8));
  }
}
