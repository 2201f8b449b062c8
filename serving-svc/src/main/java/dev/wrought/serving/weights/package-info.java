/**
 * A checkpoint's folder as numbers that can be computed with.
 *
 * <p>Reading order: {@link dev.wrought.serving.weights.VerifiedCheckpoint} (what is checked before
 * a number is read), {@link dev.wrought.serving.weights.LoadedCheckpoint} (what comes out), {@link
 * dev.wrought.serving.weights.ModelWeights} (the parts of a decoder), {@link
 * dev.wrought.serving.weights.WeightsReader} (from tensors by name to those parts), {@link
 * dev.wrought.serving.weights.TensorRows} (number formats).
 *
 * <p>Only safetensors are read. A pickle is a program, and none is ever run.
 *
 * <p>Not here: what is computed with the weights (engine), how a matrix lies in memory (kernel).
 * The architectures themselves, with their tensors' names and layouts, are core.model's: a further
 * one needs nothing here unless it has a further kind of part.
 */
@NullMarked
package dev.wrought.serving.weights;

import org.jspecify.annotations.NullMarked;
