/**
 * A decoder at work for many requests at once.
 *
 * <p>Reading order: {@link dev.wrought.serving.engine.Decoder} (the forward pass, top-down), {@link
 * dev.wrought.serving.engine.Batch} (the rows of one step, of several sequences), {@link
 * dev.wrought.serving.engine.Sequence} and {@link dev.wrought.serving.engine.Job} (what the engine
 * computes for others), {@link dev.wrought.serving.engine.Engine} (the one thread that mixes their
 * rows into steps, each of them a LiveJob), {@link dev.wrought.serving.engine.PagePool} (who holds
 * which part of the cache).
 *
 * <p>Not here: the arithmetic (kernel), what becomes of logits (generation, scoring), which models
 * there are (models).
 *
 * <p>To extend: a new kind of request is a new {@link dev.wrought.serving.engine.Job}; a new kind
 * of layer is a new case in the decoder, where the compiler shows it.
 */
@NullMarked
package dev.wrought.serving.engine;

import org.jspecify.annotations.NullMarked;
