/**
 * What a loss means, and how a curve is made small enough to look at.
 *
 * <p>{@link dev.wrought.eval.loss.HeldOutMetric} derives perplexity and bits per byte from summed
 * nats; {@link dev.wrought.eval.loss.Downsampling} picks the points of a curve to draw. Plain
 * functions of numbers: nothing of Kafka, of a database or of a web page is here. A further number
 * that follows from a held-out loss is a constant more in {@code HeldOutMetric}; marks and
 * forecasts will be classes beside it.
 */
@NullMarked
package dev.wrought.eval.loss;

import org.jspecify.annotations.NullMarked;
