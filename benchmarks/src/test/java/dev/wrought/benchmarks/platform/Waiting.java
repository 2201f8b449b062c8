package dev.wrought.benchmarks.platform;

import java.time.Duration;
import java.util.concurrent.Callable;

/** For what other processes do in their own time. */
final class Waiting {
  /** So long that only something broken takes longer, on a busy machine too. */
  private static final Duration LIMIT = Duration.ofSeconds(180);

  private static final Duration POLL = Duration.ofMillis(100);

  private Waiting() {}

  /**
   * Asks again and again.
   *
   * @param what is awaited, for the message when it does not come
   */
  static void until(String what, Callable<Boolean> condition) {
    long limit = System.nanoTime() + LIMIT.toNanos();
    try {
      while (!condition.call()) {
        if (System.nanoTime() > limit) {
          throw new AssertionError(what + " did not come within " + LIMIT);
        }
        Thread.sleep(POLL);
      }
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }
}
