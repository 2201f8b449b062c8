package dev.wrought.tokenizer.grpc;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.edge.call.OwnThread;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets one training or build run at a time: each uses every processor and its share of the heap.
 * The next one waits a moment, for one that is just being stopped, and is told to come again.
 */
final class LongWork {
  private static final int WAIT_SECONDS = 5;

  private final Semaphore free = new Semaphore(1, true);

  <R> R run(Supplier<R> work) {
    acquire();
    try {
      return OwnThread.call("long-work", work);
    } finally {
      free.release();
    }
  }

  private void acquire() {
    try {
      if (free.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new WroughtException(ErrorCode.CANCELLED, "interrupted before it began", interrupted);
    }
    throw new WroughtException(
        ErrorCode.OVERLOADED,
        "another training or dataset build is under way, and one at a time is done; try again when it has ended");
  }
}
