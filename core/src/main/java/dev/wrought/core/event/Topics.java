package dev.wrought.core.event;

import java.util.List;

/** The Kafka topics. The key is the run's name, unless said otherwise. */
public final class Topics {
  /** Every training step and validation. */
  public static final String TRAINING_METRICS = "wrought.training.metrics";

  /** State changes and checkpoints. */
  public static final String TRAINING_LIFECYCLE = "wrought.training.lifecycle";

  /** Every number about a model. */
  public static final String EVALUATION = "wrought.evaluation";

  /** The newest value of each number; compacted, key {@code run/task/metric}. */
  public static final String EVALUATION_LATEST = "wrought.evaluation.latest";

  /** Records that no consumer could read; key as it was. */
  public static final String DEAD_LETTER = "wrought.deadletter";

  private Topics() {}

  public static List<String> all() {
    return List.of(
        TRAINING_METRICS, TRAINING_LIFECYCLE, EVALUATION, EVALUATION_LATEST, DEAD_LETTER);
  }
}
