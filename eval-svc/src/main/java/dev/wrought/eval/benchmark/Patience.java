package dev.wrought.eval.benchmark;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * How long a caller waits for us: until it says that it does not any more. All waiting is done
 * here, so that nothing goes on for nobody.
 *
 * @param exhausted whether the caller has gone
 */
record Patience(BooleanSupplier exhausted) {
  private static final Duration GLANCE = Duration.ofMillis(100);

  /**
   * Returns if somebody still waits.
   *
   * @throws WroughtException CANCELLED
   */
  void check() {
    if (exhausted.getAsBoolean()) {
      throw cancelled();
    }
  }

  /** Returns after some time. @throws WroughtException CANCELLED */
  void pause(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    try {
      for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
        check();
        TimeUnit.NANOSECONDS.sleep(Math.min(left, GLANCE.toNanos()));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw cancelled();
    }
  }

  /** Returns when it is our turn. @throws WroughtException CANCELLED */
  void acquire(Semaphore turn) {
    try {
      do {
        check();
      } while (!turn.tryAcquire(GLANCE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw cancelled();
    }
  }

  private static WroughtException cancelled() {
    return new WroughtException(ErrorCode.CANCELLED, "nobody waits for the scores any more");
  }
}
