package dev.wrought.tokenizer.training;

import dev.wrought.core.tokenizer.ModelKind;
import dev.wrought.core.tokenizer.VocabularySpec;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Saves one training's state now and then: no more often than it is asked to, and for no more than
 * a twentieth of the time. For one thread.
 */
final class SavePoints {
  private static final int LEAST_TIME_BETWEEN = 20;

  private final UnfinishedTrainings unfinished;
  private final String key;
  private final long intervalNanos;
  private final LongSupplier nanoTime;
  private long dueAt;

  /**
   * @param key the training's
   * @param nanoTime a monotonic clock
   */
  SavePoints(UnfinishedTrainings unfinished, String key, Duration interval, LongSupplier nanoTime) {
    this.unfinished = unfinished;
    this.key = key;
    this.intervalNanos = interval.toNanos();
    this.nanoTime = nanoTime;
    this.dueAt = nanoTime.getAsLong() + intervalNanos;
  }

  /** What an earlier attempt has saved, or that nothing is done yet. */
  TrainingState saved(ModelKind model, VocabularySpec vocabulary) {
    return unfinished
        .find(key, model, vocabulary)
        .orElseGet(() -> TrainingState.Counting.start(model));
  }

  /** Here is a state that could be gone on from. It is taken if it is time to save one. */
  void offer(Supplier<TrainingState> state) {
    long began = nanoTime.getAsLong();
    if (began - dueAt < 0) {
      return;
    }
    unfinished.save(key, state.get());
    long ended = nanoTime.getAsLong();
    dueAt = ended + Math.max(intervalNanos, LEAST_TIME_BETWEEN * (ended - began));
  }

  /** There is nothing to go on from any more. */
  void forget() {
    unfinished.forget(key);
  }
}
