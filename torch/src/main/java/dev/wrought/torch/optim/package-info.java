/**
 * From gradients to new weights. {@link dev.wrought.torch.optim.AdamW} updates a model's {@code
 * Parameters} in place; its moments can be read and set under the tensors' names, so that a resumed
 * run goes on bit for bit.
 *
 * <p>Not here: the learning rate's schedule (the trainer's), when a step is taken (room step). A
 * further optimizer is a class beside AdamW; an interface comes with the second one.
 */
@NullMarked
package dev.wrought.torch.optim;

import org.jspecify.annotations.NullMarked;
