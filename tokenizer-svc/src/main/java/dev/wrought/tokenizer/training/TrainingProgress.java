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
   * @param fraction 0 to 1 within the phase: about the share of its time
   */
  void at(Phase phase, double fraction, long bytesRead, int merges);

  /**
   * Learns, before anything else is done, that an earlier attempt has done something already.
   *
   * @param bytesRead of documents that are counted
   * @param merges that are learnt
   */
  default void resumed(long bytesRead, int merges) {}
}
