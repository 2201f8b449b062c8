/**
 * The choice of the next token: the {@code Sampler} plugin kind and its built-in provider.
 *
 * <p>Here: {@link dev.wrought.serving.sampling.Sampler}, what it sees ({@link
 * dev.wrought.serving.sampling.Logits}, {@link dev.wrought.serving.sampling.TokenHistory}), and
 * {@link dev.wrought.serving.sampling.StandardSampler} with temperature, top-k and top-p. Not here:
 * how logits come about (engine), and where a text ends (generation).
 *
 * <p>To extend: implement {@link dev.wrought.serving.sampling.SamplerFactory} in a jar of its own,
 * name it in {@code META-INF/services}, drop the jar in {@code plugins/}, and ask for it by name in
 * {@code GenerateRequest.sampler}.
 */
@NullMarked
package dev.wrought.serving.sampling;

import org.jspecify.annotations.NullMarked;
