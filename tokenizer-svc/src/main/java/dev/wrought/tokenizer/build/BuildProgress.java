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

  /**
   * Learns, before anything else is done, that an earlier attempt has done something already.
   *
   * @param documents of the corpus that are encoded, or left out
   * @param shards that are finished
   */
  default void resumed(long documents, int shards) {}

  /** Learns that what an earlier attempt has done is of no use. @param why for people */
  default void begunAnew(String why) {}
}
