package dev.wrought.trainer.journal;

import com.google.protobuf.Message;
import dev.wrought.core.event.CloudEvent;
import dev.wrought.core.event.EventIds;
import dev.wrought.core.event.EventType;
import dev.wrought.edge.kafka.EventJson;
import dev.wrought.proto.events.v1.LifecycleChanged;
import dev.wrought.proto.events.v1.RunRef;
import dev.wrought.proto.trainer.v1.RunEvent;
import java.time.Instant;
import java.util.Optional;

/** A run's events as CloudEvents. The same line of the log always gives the same event. */
public final class RunEvents {
  /**
   * The number, within an epoch, of the one change of state that the worker tells: that it trains.
   * The service's own come before and after it.
   */
  public static final int TRAINS = 2;

  private RunEvents() {}

  /** What is sent of an event; empty for a kind that a newer worker invented. */
  public static Optional<CloudEvent> toCloudEvent(RunEvent event) {
    return switch (event.getEventCase()) {
      case STEP -> {
        var step = event.getStep();
        yield envelope(event, EventType.STEP, step.getRun(), step.getStep(), "", step);
      }
      case VALIDATION -> {
        var result = event.getValidation();
        yield envelope(
            event,
            EventType.VALIDATION,
            result.getRun(),
            result.getStep(),
            result.getDataset(),
            result);
      }
      case CHECKPOINT -> {
        var published = event.getCheckpoint();
        yield envelope(
            event, EventType.CHECKPOINT, published.getRun(), published.getStep(), "", published);
      }
      case LIFECYCLE -> {
        var change = event.getLifecycle();
        yield envelope(
            event, EventType.LIFECYCLE, change.getRun(), change.getStep(), subject(change), change);
      }
      case EVENT_NOT_SET -> Optional.empty();
    };
  }

  /** Which run and which of its starts an event is of. */
  public static RunRef runOf(RunEvent event) {
    return switch (event.getEventCase()) {
      case STEP -> event.getStep().getRun();
      case VALIDATION -> event.getValidation().getRun();
      case CHECKPOINT -> event.getCheckpoint().getRun();
      case LIFECYCLE -> event.getLifecycle().getRun();
      case EVENT_NOT_SET -> RunRef.getDefaultInstance();
    };
  }

  private static String subject(LifecycleChanged change) {
    return change.getState() + "-" + change.getChange();
  }

  private static Optional<CloudEvent> envelope(
      RunEvent event, EventType type, RunRef run, int step, String subject, Message body) {
    return Optional.of(
        new CloudEvent(
            EventIds.of(run.getRunUid(), run.getEpoch(), step, type, subject),
            CloudEvent.sourceOf(run.getRunUid()),
            type.type(),
            Instant.ofEpochMilli(event.getTimeMillis()),
            run.getRun(),
            run.getRun(),
            type.topic(),
            EventJson.write(body)));
  }
}
