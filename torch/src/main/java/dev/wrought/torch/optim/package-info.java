/**
 * From gradients to new weights. Read {@link dev.wrought.torch.optim.Optimizer} first: it updates a
 * model's {@code Parameters} in place, a share for each thread, and its state can be read and set
 * under the tensors' names, so that a resumed run goes on bit for bit.
 *
 * <p>Not here: the learning rate's schedule (the trainer's), when a step is taken (room step).
 */
@NullMarked
package dev.wrought.torch.optim;

import org.jspecify.annotations.NullMarked;
