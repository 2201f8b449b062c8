/**
 * Tokens to batches: which sequences a step sees, in an order that depends on nothing but the seed
 * and the sample's number.
 *
 * <p>Reading order: {@link dev.wrought.trainer.loader.Mixture} (which dataset a sample comes from),
 * {@link dev.wrought.trainer.loader.TrainingData} (which window of it, by which objective), {@link
 * dev.wrought.trainer.loader.BatchLoader} (batches, read ahead), {@link
 * dev.wrought.trainer.loader.HeldOutData} (the batches that measure). Not here: the shards
 * themselves and the permutation of their windows (core.dataset).
 */
@NullMarked
package dev.wrought.trainer.loader;

import org.jspecify.annotations.NullMarked;
