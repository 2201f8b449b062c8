/**
 * The building of datasets: documents are encoded on several threads, in order; duplicates are left
 * out; the rest is divided into a training and a held-out split and written as token shards.
 *
 * <p>Read {@link dev.wrought.tokenizer.build.DatasetBuilding}, then {@link
 * dev.wrought.tokenizer.build.SplitWriter}, where the one decision is made which documents a model
 * will never see. The format of the shards is core's ({@link dev.wrought.core.dataset.Dataset}).
 */
@NullMarked
package dev.wrought.tokenizer.build;

import org.jspecify.annotations.NullMarked;
