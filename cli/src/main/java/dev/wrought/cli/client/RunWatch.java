package dev.wrought.cli.client;

import dev.wrought.proto.trainer.v1.GetRunRequest;
import dev.wrought.proto.trainer.v1.Run;
import dev.wrought.proto.trainer.v1.RunEvent;
import dev.wrought.proto.trainer.v1.RunState;
import dev.wrought.proto.trainer.v1.WatchRunRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Follows a run to its end, over restarts of trainer-svc: each event is told once, in order. The
 * service may be away for {@link #PATIENCE} before the watch gives up; the run itself does not need
 * anybody who watches.
 */
public final class RunWatch {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Set<RunState> ENDED =
      Set.of(RunState.RUN_STATE_SUCCEEDED, RunState.RUN_STATE_STOPPED, RunState.RUN_STATE_FAILED);

  private final Services services;
  private final String run;
  private final int fromEpoch;
  private long sequence;
  private long lostNanos;

  /**
   * Nothing is asked yet.
   *
   * @param run uid or name
   * @param fromEpoch events of earlier starts of the run are not told; 0: all are
   */
  public RunWatch(Services services, String run, int fromEpoch) {
    this.services = services;
    this.run = run;
    this.fromEpoch = fromEpoch;
  }

  public static boolean ended(Run run) {
    return ENDED.contains(run.getState());
  }

  /**
   * Blocks until the run has ended.
   *
   * @return the run as it ended
   */
  public Run toEnd(Consumer<RunEvent> listener) throws InterruptedException {
    while (true) {
      try {
        pass(listener);
        Run now = services.trainer().getRun(GetRunRequest.newBuilder().setRun(run).build());
        if (ended(now)) {
          return now;
        }
      } catch (StatusRuntimeException failure) {
        outlast(failure);
      }
      Thread.sleep(PAUSE);
    }
  }

  private void pass(Consumer<RunEvent> listener) {
    WatchRunRequest request =
        WatchRunRequest.newBuilder().setRun(run).setAfterSequence(sequence).build();
    Iterator<RunEvent> events = services.trainer().watch(request);
    while (events.hasNext()) {
      RunEvent event = events.next();
      lostNanos = 0;
      if (event.getSequence() > sequence) {
        sequence = event.getSequence();
        if (epoch(event) >= fromEpoch) {
          listener.accept(event);
        }
      }
    }
    lostNanos = 0;
  }

  private static int epoch(RunEvent event) {
    return switch (event.getEventCase()) {
      case STEP -> event.getStep().getRun().getEpoch();
      case VALIDATION -> event.getValidation().getRun().getEpoch();
      case CHECKPOINT -> event.getCheckpoint().getRun().getEpoch();
      case LIFECYCLE -> event.getLifecycle().getRun().getEpoch();
      case EVENT_NOT_SET -> Integer.MAX_VALUE;
    };
  }

  private void outlast(StatusRuntimeException failure) {
    long now = System.nanoTime();
    lostNanos = lostNanos == 0 ? now : lostNanos;
    boolean away = failure.getStatus().getCode() == Status.Code.UNAVAILABLE;
    if (!away || now - lostNanos > PATIENCE.toNanos()) {
      throw failure;
    }
  }
}
