/**
 * What a recipe comes to before any work is done: its artifacts pinned by digest, its plugins
 * found, its model, steps, memory and FLOPs.
 *
 * <p>{@link dev.wrought.trainer.plan.Planner} turns a recipe's text into a {@link
 * dev.wrought.trainer.plan.Plan}, or refuses it with every problem at once. Both sides use it: the
 * service before it accepts a run, the worker at each start.
 */
@NullMarked
package dev.wrought.trainer.plan;

import org.jspecify.annotations.NullMarked;
