package dev.wrought.tokenizer.encoding;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Shares the processors between calls. A call's work is a number of pieces; threads do the calls'
 * pieces in turns, a moment for each call, so that whoever asks for little waits for little,
 * whatever others ask for. A call whose client has gone gets no further turn.
 *
 * <p>All texts in work together are bounded, since their tokens lie on the heap: beyond that, calls
 * wait a while, and are then told to come again. Thread-safe.
 */
public final class SharedCores implements AutoCloseable {
  private static final int WAIT_SECONDS = 5;

  private final int threads;
  private final long turnNanos;
  private final int mostBytes;
  private final Semaphore room;
  private final ExecutorService pool;
  private final AtomicInteger calls = new AtomicInteger();
  private final LongAdder pieces = new LongAdder();

  /**
   * @param turn a call that has had the processor so long queues up again; pieces are not
   *     interrupted
   * @param mostBytes of all texts in work
   */
  public SharedCores(int threads, Duration turn, int mostBytes) {
    this.threads = threads;
    this.turnNanos = turn.toNanos();
    this.mostBytes = mostBytes;
    this.room = new Semaphore(mostBytes);
    this.pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("encoder-", 0).factory());
  }

  /**
   * Does one piece of work, and waits for it.
   *
   * @param bytes of the text
   * @param check throws when nobody waits for the answer any more; asked before the work
   * @throws RuntimeException what the work or the check throws
   */
  public <R> R call(int bytes, Runnable check, Supplier<R> work) {
    CompletableFuture<R> result = new CompletableFuture<>();
    forEach(1, bytes, check, _ -> result.complete(work.get()));
    return result.join();
  }

  /**
   * Does work for 0 to {@code count}, exclusive, on all threads, and waits for it. Where one
   * throws, those that have not begun are left.
   *
   * @param bytes of all texts together
   * @param check throws when nobody waits for the answer any more; asked before each
   * @throws RuntimeException the first that the work or the check throws
   * @throws WroughtException OVERLOADED where there was no room for too long
   */
  public void forEach(int count, int bytes, Runnable check, IntConsumer work) {
    if (count == 0) {
      return;
    }
    int reserved = Math.min(bytes, mostBytes);
    reserve(reserved);
    try {
      Call call = new Call(count, check, work);
      for (int i = 0; i < Math.min(threads, count); i++) {
        call.queueUp();
      }
      call.await();
    } finally {
      room.release(reserved);
    }
  }

  /** How many calls have the processors or wait for them. */
  public int calls() {
    return calls.get();
  }

  /** How many pieces of work were begun so far. */
  public long pieces() {
    return pieces.sum();
  }

  private void reserve(int bytes) {
    try {
      if (room.tryAcquire(bytes, WAIT_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new WroughtException(ErrorCode.CANCELLED, "interrupted before it began", interrupted);
    }
    throw new WroughtException(
        ErrorCode.OVERLOADED,
        "texts of %d bytes are being encoded, and no more at once: try again, or send less at a time"
            .formatted(mostBytes));
  }

  /** Lets the work in hand end, and takes no more. */
  @Override
  public void close() {
    pool.shutdown();
  }

  /** A call's work. It is in the queue once for each thread that may do some of it. */
  private final class Call implements Runnable {
    private final int count;
    private final Runnable check;
    private final IntConsumer work;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    Call(int count, Runnable check, IntConsumer work) {
      this.count = count;
      this.check = check;
      this.work = work;
    }

    void queueUp() {
      try {
        pool.execute(this);
      } catch (RejectedExecutionException closed) {
        end.completeExceptionally(
            new WroughtException(ErrorCode.UNAVAILABLE, "the service is going down", closed));
      }
    }

    @Override
    public void run() {
      long began = System.nanoTime();
      while (doNext()) {
        if (System.nanoTime() - began >= turnNanos) {
          queueUp();
          return;
        }
      }
    }

    /**
     * @return whether there may be more to do
     */
    private boolean doNext() {
      int piece = next.getAndIncrement();
      if (piece >= count || end.isDone()) {
        return false;
      }
      try {
        check.run();
        pieces.increment();
        work.accept(piece);
      } catch (RuntimeException | Error failure) {
        end.completeExceptionally(failure);
        return false;
      }
      if (done.incrementAndGet() == count) {
        end.complete(null);
      }
      return true;
    }

    void await() {
      calls.incrementAndGet();
      try {
        end.join();
      } catch (CompletionException failure) {
        throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
      } finally {
        calls.decrementAndGet();
      }
    }
  }
}
