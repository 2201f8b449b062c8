package dev.wrought.tokenizer.training;

/** Told how far a training is, often; may throw to stop it. For one thread. */
@FunctionalInterface
public interface TrainingProgress {
  /** What is being done. */
  enum Phase {
    /** Finding the documents. */
    READING,
    /** Reading them and counting their words. */
    COUNTING,
    /** Learning merges. */
    MERGING,
    /** Publishing the result. */
    WRITING
  }

  /**
   * @param fraction 0 to 1 within the phase
   */
  void at(Phase phase, double fraction, long bytesRead, int merges);
}
