/**
 * How good a checkpoint is, asked of serving-svc in log-likelihoods.
 *
 * <p>Reading order: {@link dev.wrought.eval.benchmark.HeldOutScoring} (bits per byte of a model on
 * held-out documents, beside what gzip and a trigram model need for them), {@link
 * dev.wrought.eval.benchmark.HeldOutText} (which documents), {@link
 * dev.wrought.eval.benchmark.RollingWindows} (how a document of any length is cut for a model of
 * limited context), {@link dev.wrought.eval.benchmark.LeasedModel} and {@link
 * dev.wrought.eval.benchmark.ModelServer} (the conversation with serving-svc), {@link
 * dev.wrought.eval.benchmark.WittenBell} over {@link dev.wrought.eval.benchmark.TrainedWindows}
 * (the trigram model, and the tokens it is fitted on), {@link dev.wrought.eval.benchmark.Gzip}.
 *
 * <p>Models are never computed here, messages are the peer room's, and losses that trainers measure
 * do not come this way. A benchmark with tasks and metrics will ask through {@code LeasedModel}
 * too.
 */
@NullMarked
package dev.wrought.eval.benchmark;

import org.jspecify.annotations.NullMarked;
