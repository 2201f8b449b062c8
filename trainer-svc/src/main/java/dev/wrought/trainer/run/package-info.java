/**
 * A run's life: from a recipe to an ended run, through workers that come and go.
 *
 * <p>Reading order: {@link dev.wrought.trainer.run.RunState} (the states and the one table of
 * transitions), {@link dev.wrought.trainer.run.RunRecord} (what {@code run.json} holds), {@link
 * dev.wrought.trainer.run.Runs} (all of them), TrainingRun (one run and its present RunWorker).
 *
 * <p>Truth: the state follows the worker's exit code and the checkpoints' manifests; events tell of
 * progress only. Not here: how workers are started (backend), what they do (worker), who asks
 * (grpc).
 */
@NullMarked
package dev.wrought.trainer.run;

import org.jspecify.annotations.NullMarked;
