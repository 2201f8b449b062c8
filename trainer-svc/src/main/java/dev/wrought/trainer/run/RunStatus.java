package dev.wrought.trainer.run;

import dev.wrought.trainer.backend.PodReference;
import dev.wrought.trainer.journal.RunEvents;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a run is in its life.
 *
 * @param reason why the state is what it is, CamelCase: Submitted, WorkerStarted, WorkerLost ...
 * @param message the same for people; may be empty
 * @param epoch starts so far
 * @param restarts starts that were needed because a worker was lost, since a user last started it
 * @param changes of state since the epoch began; {@link RunEvents#TRAINS} is the worker's
 * @param pod the worker that lives, or lived last
 * @param since when the state was reached
 */
public record RunStatus(
    RunState state,
    String reason,
    String message,
    int epoch,
    int restarts,
    int changes,
    Optional<PodReference> pod,
    Instant since) {

  /** A run that waits for its first worker. */
  static RunStatus submitted(Instant now) {
    return new RunStatus(new RunState.Pending(), "Submitted", "", 0, 0, 1, Optional.empty(), now);
  }

  /** A run whose recipe says {@code suspend: true}: it waits to be resumed. */
  static RunStatus suspended(Instant now) {
    return new RunStatus(new RunState.Stopped(), "Suspended", "", 0, 0, 1, Optional.empty(), now);
  }

  /** Whether the run holds its name. */
  public boolean isLive() {
    return state instanceof RunState.Live;
  }

  RunStatus changed(RunState to, String why, String details, Instant now) {
    boolean passesTheWorkers = changes + 1 == RunEvents.TRAINS && !(to instanceof RunState.Running);
    int change = passesTheWorkers ? changes + 2 : changes + 1;
    return new RunStatus(to, why, details, epoch, restarts, change, pod, now);
  }

  RunStatus nextEpoch() {
    return new RunStatus(state, reason, message, epoch + 1, restarts, 0, Optional.empty(), since);
  }

  RunStatus withPod(PodReference reference) {
    return new RunStatus(
        state, reason, message, epoch, restarts, changes, Optional.of(reference), since);
  }

  RunStatus withRestarts(int count) {
    return new RunStatus(state, reason, message, epoch, count, changes, pod, since);
  }
}
