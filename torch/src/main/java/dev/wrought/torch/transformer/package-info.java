/**
 * The decoder-only transformer, forward and backward, in the shapes of its papers.
 *
 * <p>Legend: B sequences of T tokens, N = B T rows; C the residual stream's width, F the
 * feed-forward network's; V the vocabulary; H heads of queries, G of keys and values, D a head's
 * width. The shape of a value stands on the line that makes it.
 *
 * <p>Read top-down: {@link dev.wrought.torch.transformer.Decoder}, Block, Attention, FeedForward,
 * Norm, Rotary, Linear, Embedding, TokenLoss. Each part has a {@code forward} that keeps on the
 * {@code Tape} what its derivative needs, and a {@code backward} by hand that takes it from there
 * and adds to the gradients in {@link dev.wrought.torch.transformer.Parameters}. By hand, because
 * that is a quarter faster than libtorch's autograd and needs less memory; docs/adr/0004 has the
 * measurements. The same {@code forward} runs under autograd, too, and tests hold the two ways back
 * to each other.
 *
 * <p>Which parts a model has is data, {@code dev.wrought.core.model.ModelConfig}. To extend: write
 * the new part's forward and backward, add it to the sealed interface of its kind, and the test
 * against autograd and finite differences covers it. Not here: updates of the weights (room optim),
 * the order of a step (room step).
 */
@NullMarked
package dev.wrought.torch.transformer;

import org.jspecify.annotations.NullMarked;
