package dev.wrought.trainer.run;

import dev.wrought.trainer.backend.Pod;
import dev.wrought.trainer.backend.PodBackend;
import dev.wrought.trainer.backend.PodReference;
import dev.wrought.trainer.journal.RunDirectory;
import dev.wrought.trainer.journal.WorkerLock;
import java.util.Optional;

/**
 * A run's worker.
 *
 * @param epoch the start that it is of: its last words bear it
 */
record RunWorker(Pod pod, int epoch) {

  /**
   * The worker that lives: who holds the run's lock, or, before it has taken that, the one that the
   * status names.
   */
  static Optional<RunWorker> find(RunDirectory run, RunStatus status, PodBackend backend) {
    return holder(run, backend)
        .or(() ->
            status.pod().flatMap(backend::adopt).map(pod -> new RunWorker(pod, status.epoch())));
  }

  /**
   * The worker that holds the run's lock. Neither the status, which the service may have died
   * before it wrote, nor a process's start time, which moves with the clock, is as sure.
   */
  static Optional<RunWorker> holder(RunDirectory run, PodBackend backend) {
    return WorkerLock.holder(run)
        .flatMap(holder ->
            backend
                .adopt(PodReference.ofLiving(holder.pid()))
                .map(pod -> new RunWorker(pod, holder.epoch())))
        .filter(found -> WorkerLock.isHeld(run)); // asked last: a starting worker would be refused
  }
}
