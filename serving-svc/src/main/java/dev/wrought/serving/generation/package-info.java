/**
 * A text that a model writes, from the prompt to the last character.
 *
 * <p>Reading order: {@link dev.wrought.serving.generation.GenerationSettings} (what is asked for),
 * {@link dev.wrought.serving.generation.Generation} (the engine's job that samples tokens, and the
 * queue that its reader reads), {@link dev.wrought.serving.generation.TextStream} (tokens to
 * complete characters, and where the text ends), {@link dev.wrought.serving.generation.StopSearch}.
 *
 * <p>Not here: how a token is chosen (sampling), how its logits come about (engine).
 */
@NullMarked
package dev.wrought.serving.generation;

import org.jspecify.annotations.NullMarked;
