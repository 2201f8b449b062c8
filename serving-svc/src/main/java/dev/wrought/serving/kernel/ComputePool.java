package dev.wrought.serving.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of platform threads that divide loops among themselves.
 *
 * <p>A decoding step is some dozens of loops of tens of microseconds, too short for a queue of
 * tasks. So the threads spin for a moment between loops before they park. Tasks are claimed one by
 * one and a loop ends when its tasks are done, not when all threads have come: a thread that the
 * operating system has taken away delays at most the task that it holds. (A barrier of spinning
 * threads was tried, and collapses when a core is taken.)
 *
 * <p>The calling thread works too. Callers take turns; a loop must not be started inside a task.
 */
public final class ComputePool implements AutoCloseable {
  private static final long SPIN_NANOS = 50_000;

  private final ReentrantLock turn = new ReentrantLock(true);
  private final List<Worker> workers = new ArrayList<>();
  private volatile Loop current = new Loop(0, index -> {}, Thread.currentThread());
  private volatile boolean open = true;

  /**
   * @param threads how many threads compute, the caller's among them
   */
  public ComputePool(int threads) {
    for (int i = 1; i < threads; i++) {
      Worker worker = new Worker(i);
      workers.add(worker);
      worker.thread.start();
    }
  }

  /** How many threads compute, the caller's among them. */
  public int threads() {
    return workers.size() + 1;
  }

  /**
   * Runs a task for each index from 0 to below {@code count}, and returns when all are done.
   *
   * @throws RuntimeException the first failure of a task; the other tasks run nevertheless
   */
  public void forEach(int count, IntConsumer task) {
    turn.lock();
    try {
      Loop loop = new Loop(count, task, Thread.currentThread());
      if (count > 1) {
        current = loop;
        workers.forEach(Worker::wake);
      }
      loop.help();
      loop.await();
    } finally {
      turn.unlock();
    }
  }

  /** Ends the threads; waits for a loop in progress. */
  @Override
  public void close() {
    turn.lock();
    try {
      open = false;
      workers.forEach(worker -> LockSupport.unpark(worker.thread));
    } finally {
      turn.unlock();
    }
  }

  /** One call of {@link #forEach}. */
  private static final class Loop {
    private final int count;
    private final IntConsumer task;
    private final Thread caller;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private volatile boolean callerParked;
    private volatile @Nullable Throwable failure;

    Loop(int count, IntConsumer task, Thread caller) {
      this.count = count;
      this.task = task;
      this.caller = caller;
    }

    void help() {
      for (int index = next.getAndIncrement(); index < count; index = next.getAndIncrement()) {
        try {
          task.accept(index);
        } catch (RuntimeException | Error thrown) {
          failure = thrown;
        }
        if (done.incrementAndGet() == count && callerParked) {
          LockSupport.unpark(caller);
        }
      }
    }

    void await() {
      long start = System.nanoTime();
      while (done.get() < count) {
        if (System.nanoTime() - start < SPIN_NANOS) {
          Thread.onSpinWait();
        } else {
          callerParked = true;
          if (done.get() < count) {
            LockSupport.park(this);
          }
        }
      }
      throwFailure();
    }

    private void throwFailure() {
      switch (failure) {
        case null -> {}
        case RuntimeException exception -> throw exception;
        case Error error -> throw error;
        case Throwable other -> throw new IllegalStateException(other);
      }
    }
  }

  /** A thread of the pool. */
  private final class Worker implements Runnable {
    private final Thread thread;
    private volatile boolean parked;

    Worker(int number) {
      thread = Thread.ofPlatform().name("compute-" + number).daemon().unstarted(this);
    }

    @Override
    public void run() {
      Loop seen = current;
      while (open) {
        Loop loop = awaitAfter(seen);
        loop.help();
        seen = loop;
      }
    }

    private Loop awaitAfter(Loop seen) {
      long start = System.nanoTime();
      while (current == seen && open) {
        if (System.nanoTime() - start < SPIN_NANOS) {
          Thread.onSpinWait();
        } else {
          parked = true;
          if (current == seen && open) {
            LockSupport.park(this);
          }
          parked = false;
        }
      }
      return current;
    }

    void wake() {
      if (parked) {
        LockSupport.unpark(thread);
      }
    }
  }
}
