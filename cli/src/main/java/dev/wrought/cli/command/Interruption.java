package dev.wrought.cli.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C, or any other end of the process, in the middle of work that leaves something to clean up.
 * The thread that works is interrupted and has a moment to let go of locks and files; then the
 * clean-up is done; then the process ends, by the signal's exit code (130 for Ctrl-C) unless the
 * work has been called done.
 *
 * <p>To be closed by the thread that works, whatever happens.
 */
public final class Interruption implements AutoCloseable {
  private static final long MOMENT_SECONDS = 10;

  private final Thread worker = Thread.currentThread();
  private final Thread hook;
  private final CountDownLatch left = new CountDownLatch(1);
  private final AtomicBoolean happened = new AtomicBoolean();
  private final AtomicBoolean done = new AtomicBoolean();

  private Interruption(Runnable cleanUp) {
    this.hook = new Thread(() -> handle(cleanUp), "interruption");
  }

  /**
   * From here on, the end of the process is handled.
   *
   * @param cleanUp done when the thread that calls this has closed it, or has had its moment
   */
  public static Interruption handledBy(Runnable cleanUp) {
    Interruption interruption = new Interruption(cleanUp);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  private void handle(Runnable cleanUp) {
    happened.set(true);
    worker.interrupt();
    try {
      boolean _ = left.await(MOMENT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException cleanUpNow) {
      Thread.currentThread().interrupt();
    }
    cleanUp.run();
    if (done.get()) {
      Runtime.getRuntime().halt(0);
    }
  }

  /** The process is ending; what the work throws now is of no interest. */
  boolean happened() {
    return happened.get();
  }

  /** From here on, being interrupted is how the command is meant to end: with exit code 0. */
  void done() {
    done.set(true);
  }

  @Override
  public void close() {
    left.countDown();
    if (!happened.get()) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException endsAlready) {
        happened.set(true);
      }
    }
  }
}
