package dev.wrought.tokenizer.build;

/**
 * How datasets are built.
 *
 * @param threads that read and encode
 * @param shardTokens a shard is full once it has so many
 */
public record BuildSettings(int threads, long shardTokens) {
  /** 256 MB for most vocabularies: written in seconds, and all that a kill can cost. */
  public static final long USUAL_SHARD_TOKENS = 1L << 27;

  public BuildSettings {
    if (threads < 1 || shardTokens < 1) {
      throw new IllegalArgumentException(
          "threads %d, tokens of a shard %d; at least 1 of each".formatted(threads, shardTokens));
    }
  }
}
