/**
 * The building of datasets: documents are encoded on several threads, in order; duplicates are left
 * out; the rest is divided into a training and a held-out split and written as token shards; and
 * all of it goes on where it was when the service was killed.
 *
 * <p>Read {@link dev.wrought.tokenizer.build.DatasetBuilding}, then {@link
 * dev.wrought.tokenizer.build.Encoding}, the pass over the corpus, and {@link
 * dev.wrought.tokenizer.build.SplitWriter}, where the one decision is made which documents a model
 * will never see. {@link dev.wrought.tokenizer.build.SplitShards} is one of the splits, {@link
 * dev.wrought.tokenizer.build.ShardSequence} how its shards are written beside the encoding.
 *
 * <p>{@link dev.wrought.tokenizer.build.UnfinishedBuild} is what can be gone on from: the shards
 * that are finished, and a {@link dev.wrought.tokenizer.build.BuildJournal} of them. What is a
 * duplicate, what is left out and how much there is in all is not saved: the corpus is read again
 * from its beginning, which gives all of that as it was. That takes a quarter of a build's work
 * from a zip and less from files: most of it is unpacking.
 *
 * <p>The format of the shards is core's ({@link dev.wrought.core.dataset.Dataset}); what is told of
 * them in the end is in the room report.
 */
@NullMarked
package dev.wrought.tokenizer.build;

import org.jspecify.annotations.NullMarked;
