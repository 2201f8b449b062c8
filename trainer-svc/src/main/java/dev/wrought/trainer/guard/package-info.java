/**
 * Keeps a run from learning from nonsense: what happens when a loss or gradient is not finite.
 *
 * <p>A step whose loss or gradient is not finite is never applied (torch); {@link
 * dev.wrought.trainer.guard.Guard} decides whether training goes on after it.
 */
@NullMarked
package dev.wrought.trainer.guard;

import org.jspecify.annotations.NullMarked;
