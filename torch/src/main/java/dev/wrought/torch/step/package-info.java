/**
 * One step of training: gradients of one or more micro-batches, their norm, the clip, the update.
 *
 * <p>{@link dev.wrought.torch.step.TrainingStep} is what a training loop holds. Not here: where
 * batches come from, the learning rate's schedule, what to do about a loss that is not finite
 * (trainer-svc).
 */
@NullMarked
package dev.wrought.torch.step;

import org.jspecify.annotations.NullMarked;
