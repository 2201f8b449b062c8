package dev.wrought.trainer;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what another thread or process does. */
public final class Await {
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private Await() {}

  /** Returns once it is so; fails when it is not so for a long time. */
  public static void until(String what, BooleanSupplier isSo) {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (!isSo.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not seen within " + LONGEST + ": " + what);
      }
      try {
        Thread.sleep(2);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while waiting for " + what, interrupted);
      }
    }
  }
}
