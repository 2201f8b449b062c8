package dev.wrought.core.event;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of event: their {@code ce_type}, the topic that they go to, the short name in ids. */
public enum EventType {
  STEP("dev.wrought.training.step", Topics.TRAINING_METRICS),
  VALIDATION("dev.wrought.training.validation", Topics.TRAINING_METRICS),
  CHECKPOINT("dev.wrought.training.checkpoint", Topics.TRAINING_LIFECYCLE),
  LIFECYCLE("dev.wrought.training.lifecycle", Topics.TRAINING_LIFECYCLE),
  EVALUATION("dev.wrought.evaluation", Topics.EVALUATION),
  GAP("dev.wrought.gap", Topics.TRAINING_METRICS),
  DEAD_LETTER("dev.wrought.deadletter", Topics.DEAD_LETTER);

  private final String type;
  private final String topic;

  EventType(String type, String topic) {
    this.type = type;
    this.topic = topic;
  }

  /** The CloudEvents attribute {@code type}. */
  public String type() {
    return type;
  }

  public String topic() {
    return topic;
  }

  /** The kind with this {@code ce_type}; empty for one that a newer peer invented. */
  public static Optional<EventType> of(String type) {
    return Arrays.stream(values()).filter(each -> each.type.equals(type)).findFirst();
  }
}
