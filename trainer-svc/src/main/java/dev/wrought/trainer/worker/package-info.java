/**
 * A worker: the process that trains. It is the same program as a child process and as a pod.
 *
 * <p>Reading order: {@link dev.wrought.trainer.worker.WorkerMain} (arguments, signals, exit codes),
 * Worker (one start of a run, from lock to last checkpoint), TorchTrainee (the model on libtorch),
 * CheckpointFiles and ModelCard (what is saved), TrainingJournal (what is told), Machine (threads
 * and instruction set, pinned so that a resumed run is exact).
 *
 * <p>Not here: the training loop (loop), who starts workers (run, backend). No framework: a worker
 * must start fast and run alone.
 */
@NullMarked
package dev.wrought.trainer.worker;

import org.jspecify.annotations.NullMarked;
