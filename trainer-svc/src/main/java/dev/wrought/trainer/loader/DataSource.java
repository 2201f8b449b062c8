package dev.wrought.trainer.loader;

import dev.wrought.core.dataset.TokenShards;

/**
 * A dataset's training split and its weight.
 *
 * @param dataset {@code name@digest}
 */
public record DataSource(String dataset, TokenShards shards, double weight) {}
