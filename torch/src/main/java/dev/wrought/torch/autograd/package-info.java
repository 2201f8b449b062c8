/**
 * Gradients and lifetimes: who owns a tensor ({@link dev.wrought.torch.autograd.TensorScope}), what
 * is recorded ({@link dev.wrought.torch.autograd.GradMode}), in which precision ({@link
 * dev.wrought.torch.autograd.Autocast}), and the way back ({@link
 * dev.wrought.torch.autograd.Backward}).
 *
 * <p>All of it holds for the calling thread only and is used with try-with-resources. Read
 * TensorScope first. Not here: any operator.
 */
@NullMarked
package dev.wrought.torch.autograd;

import org.jspecify.annotations.NullMarked;
