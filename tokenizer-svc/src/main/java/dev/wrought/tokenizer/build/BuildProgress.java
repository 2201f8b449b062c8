package dev.wrought.tokenizer.build;

/** Told how far a build is, often; may throw to stop it. For one thread. */
@FunctionalInterface
public interface BuildProgress {
  /** What is being done. */
  enum Phase {
    /** Finding the documents. */
    READING,
    /** Reading, encoding and writing them. */
    ENCODING,
    /** Forcing the files to the disk, and their digests. */
    WRITING
  }

  /**
   * @param fraction 0 to 1 within the phase
   */
  void at(Phase phase, double fraction, long bytesRead, long documents, long tokens);
}
