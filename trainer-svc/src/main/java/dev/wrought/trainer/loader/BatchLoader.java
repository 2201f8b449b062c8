package dev.wrought.trainer.loader;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Hands out batches in order, read ahead by one thread, so that a step rarely waits for the disk.
 * One consumer; {@link #close} ends the thread.
 */
public final class BatchLoader implements AutoCloseable {
  private static final int AHEAD = 2;

  private sealed interface Delivery {
    record Ready(Batch batch) implements Delivery {}

    record Failed(Throwable why) implements Delivery {}
  }

  private final TrainingData data;
  private final int sequences;
  private final int microBatchSequences;
  private final BlockingQueue<Delivery> ready = new ArrayBlockingQueue<>(AHEAD);
  private final Thread reader;

  /**
   * Begins to read.
   *
   * @param firstSample where the order is entered
   * @param sequences of one step
   * @param microBatchSequences of one forward pass
   */
  public BatchLoader(TrainingData data, long firstSample, int sequences, int microBatchSequences) {
    this.data = data;
    this.sequences = sequences;
    this.microBatchSequences = microBatchSequences;
    this.reader = Thread.ofPlatform().daemon().name("batch-loader").start(() -> read(firstSample));
  }

  private void read(long firstSample) {
    try {
      for (long sample = firstSample; ; sample += sequences) {
        ready.put(new Delivery.Ready(data.batch(sample, sequences, microBatchSequences)));
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error failure) {
      fail(failure);
    }
  }

  private void fail(Throwable failure) {
    try {
      ready.put(new Delivery.Failed(failure));
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The next batch.
   *
   * @throws WroughtException what reading failed with
   */
  public Batch next() throws InterruptedException {
    return switch (ready.take()) {
      case Delivery.Ready(Batch batch) -> batch;
      case Delivery.Failed(WroughtException known) -> throw known;
      case Delivery.Failed(Throwable why) ->
          throw new WroughtException(
              ErrorCode.INTERNAL_ERROR, "the training data could not be read: " + why, why);
    };
  }

  @Override
  public void close() {
    reader.interrupt();
    try {
      reader.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
