package dev.wrought.tokenizer.build;

import java.util.concurrent.Executor;

/**
 * How shards are written.
 *
 * @param tokens a shard is full once it has so many
 * @param writers where batches wait for the disk
 */
record ShardSpec(int vocabularySize, long tokens, Executor writers) {}
