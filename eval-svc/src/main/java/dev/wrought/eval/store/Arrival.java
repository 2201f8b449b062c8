package dev.wrought.eval.store;

import dev.wrought.proto.events.v1.CheckpointPublished;
import dev.wrought.proto.events.v1.DeadLetter;
import dev.wrought.proto.events.v1.EventGap;
import dev.wrought.proto.events.v1.LifecycleChanged;
import dev.wrought.proto.events.v1.TrainingStep;
import dev.wrought.proto.events.v1.ValidationResult;
import java.time.Instant;

/** A record of Kafka that was read and checked: an event of a run, or something unreadable. */
public sealed interface Arrival {
  /** Where it came from. */
  Origin origin();

  /** When it happened, by the clock of who says so. */
  Instant time();

  /**
   * A place in a partition.
   *
   * @param topicId Kafka's id of the topic: another one after the topic was deleted and made again
   */
  record Origin(String topicId, String topic, int partition, long offset) {
    /** Where to read on after this record. */
    public Position next() {
      return new Position(topicId, topic, partition, offset + 1);
    }
  }

  /** Where to read on in a partition. */
  record Position(String topicId, String topic, int partition, long nextOffset) {}

  record Step(Origin origin, Instant time, TrainingStep body) implements Arrival {}

  record Validation(Origin origin, Instant time, ValidationResult body) implements Arrival {}

  record Checkpoint(Origin origin, Instant time, CheckpointPublished body) implements Arrival {}

  /**
   * @param id the event's, which tells apart what happened at the same step
   */
  record Lifecycle(Origin origin, Instant time, String id, LifecycleChanged body)
      implements Arrival {}

  /**
   * @param id the event's
   */
  record Gap(Origin origin, Instant time, String id, EventGap body) implements Arrival {}

  /** A record that is no event of ours; the letter says why. */
  record Poison(Origin origin, Instant time, DeadLetter letter) implements Arrival {}
}
