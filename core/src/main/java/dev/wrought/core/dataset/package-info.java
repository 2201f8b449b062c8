/**
 * Datasets: documents as token ids in Megatron-LM's indexed format, split into training and
 * held-out documents, and the order in which training reads them.
 *
 * <pre>
 * dataset.json      what it is made of, counts, drops by reason, digests
 * tokenizer.json    the tokenizer that it was made with
 * train.bin .idx    the documents' tokens, and where each begins
 * train-00001.bin   the next shard, where one is not enough
 * validation.bin .idx
 * report.json .html lengths, frequent tokens and the like; not needed to read the rest
 * </pre>
 *
 * <p>Read {@link dev.wrought.core.dataset.Dataset} first, then {@link
 * dev.wrought.core.dataset.TokenShards} and its mirror {@link
 * dev.wrought.core.dataset.ShardWriter}; {@link dev.wrought.core.dataset.ShardIndex} is the format
 * itself. {@link dev.wrought.core.dataset.DatasetWatch} sees whether the files stay what they are.
 * {@link dev.wrought.core.dataset.WindowOrder} stands alone.
 *
 * <p>Not here: how documents are found, filtered and split (tokenizer-svc), and how batches are
 * made of windows (the trainer's loader).
 */
@NullMarked
package dev.wrought.core.dataset;

import org.jspecify.annotations.NullMarked;
