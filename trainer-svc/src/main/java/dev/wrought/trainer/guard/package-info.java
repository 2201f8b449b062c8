/**
 * Keeps a run from learning from nonsense: what happens when a loss or gradient is not finite.
 *
 * <p>{@link dev.wrought.trainer.guard.Guard} is asked between the backward pass and the optimizer
 * step, so that the weights are still good when it says no.
 */
@NullMarked
package dev.wrought.trainer.guard;

import org.jspecify.annotations.NullMarked;
