/**
 * What a language model is, as data: an architecture is a composition of sealed parts, and a
 * checkpoint's {@code config.json} is that composition under Hugging Face names.
 *
 * <p>Here: the composition ({@link dev.wrought.core.model.ModelConfig} of {@link
 * dev.wrought.core.model.Position}, {@link dev.wrought.core.model.Norm}, {@link
 * dev.wrought.core.model.Attention} and {@link dev.wrought.core.model.FeedForward}), the tensors it
 * consists of ({@link dev.wrought.core.model.TensorSpec}), its counts of parameters and
 * floating-point operations, and the published models ({@link dev.wrought.core.model.Presets}). Not
 * here: any arithmetic on tensors. The torch module trains what is described here, serving-svc runs
 * it.
 *
 * <p>Reading order: ModelConfig, its parts, {@link dev.wrought.core.model.Architecture} and its two
 * layouts, Presets.
 *
 * <p>To extend: a new kind of position, norm or feed-forward is a new record in the sealed
 * interface, and the compiler then shows every switch that must learn it. A new published family is
 * a new {@link dev.wrought.core.model.Architecture} (its names in config.json and of its tensors)
 * and a constant in {@link dev.wrought.core.model.Family}. A part that every model of today lacks
 * (a parallel residual, a norm behind the embedding) becomes a new component of ModelConfig.
 */
@NullMarked
package dev.wrought.core.model;

import org.jspecify.annotations.NullMarked;
