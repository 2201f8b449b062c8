/**
 * Training itself: {@link dev.wrought.trainer.loop.TrainingLoop} reads from top to bottom as what
 * happens to a model from its first step to its last.
 *
 * <p>Then {@link dev.wrought.trainer.loop.Trainee} (what is trained), {@link
 * dev.wrought.trainer.loop.StepPlan} (for how long), {@link dev.wrought.trainer.loop.Progress} (how
 * far it has come), {@link dev.wrought.trainer.loop.TrainingLog} (who is told). Not here: the
 * arithmetic (torch), where batches come from (loader), files and processes (worker).
 */
@NullMarked
package dev.wrought.trainer.loop;

import org.jspecify.annotations.NullMarked;
