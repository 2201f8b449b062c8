package dev.wrought.tokenizer.encoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedCoresTest {
  private static final Runnable PATIENT = () -> {};
  private final SharedCores one = new SharedCores(1, Duration.ZERO, 1000);
  private final SharedCores two = new SharedCores(2, Duration.ofMillis(2), 1000);
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void end() {
    one.close();
    two.close();
    callers.close();
  }

  @Test
  void forEach_anyNumberOfPieces_doesEachOnce() {
    for (int count : new int[] {0, 1, 2, 3, 207, 4098}) {
      AtomicInteger[] done = new AtomicInteger[count];
      for (int i = 0; i < count; i++) {
        done[i] = new AtomicInteger();
      }
      two.forEach(count, count, PATIENT, i -> done[i].incrementAndGet());
      for (AtomicInteger each : done) {
        assertEquals(1, each.get());
      }
    }
  }

  @Test
  void forEach_twoThreads_workAtTheSameTime() {
    CyclicBarrier both = new CyclicBarrier(2);
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    two.forEach(
        2,
        1,
        PATIENT,
        i -> {
          meet(both);
          threads.add(Thread.currentThread());
        });
    assertEquals(2, threads.size());
  }

  /** One thread is enough to see who gets it, and in which order. */
  @Test
  void forEach_besideACallOfManyPieces_takesTurnsWithIt() throws Exception {
    List<String> order = new CopyOnWriteArrayList<>();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch queued = new CountDownLatch(1);
    Future<?> large =
        callers.submit(() ->
            one.forEach(
                100,
                1,
                PATIENT,
                i -> {
                  begun.countDown();
                  await(queued);
                  order.add("large");
                }));
    begun.await();
    Future<?> small = callers.submit(() -> one.forEach(2, 1, PATIENT, i -> order.add("small")));
    while (one.calls() < 2) {
      Thread.onSpinWait();
    }
    queued.countDown();
    small.get();
    large.get();
    assertEquals(102, order.size());
    assertEquals(List.of("large", "small", "large", "small"), order.subList(0, 4));
  }

  @Test
  void forEach_aCallerThatHasGone_getsNoFurtherTurn() {
    AtomicBoolean gone = new AtomicBoolean();
    AtomicInteger done = new AtomicInteger();
    WroughtException why = new WroughtException(ErrorCode.CANCELLED, "gone");
    Runnable check =
        () -> {
          if (gone.get()) {
            throw why;
          }
        };
    WroughtException thrown =
        assertThrows(
            WroughtException.class,
            () ->
                one.forEach(
                    1_000_000,
                    1,
                    check,
                    i -> {
                      if (done.incrementAndGet() == 3) {
                        gone.set(true);
                      }
                    }));
    assertSame(why, thrown);
    assertEquals(3, done.get());
  }

  @Test
  void forEach_workThatFails_endsItAndNobodyElse() {
    IllegalStateException failure = new IllegalStateException("broken");
    assertSame(
        failure,
        assertThrows(
            IllegalStateException.class,
            () ->
                two.forEach(
                    10,
                    1,
                    PATIENT,
                    i -> {
                      throw failure;
                    })));
    assertEquals(7, two.call(1, PATIENT, () -> 7));
  }

  @Test
  void call_moreTextThanThereIsRoomFor_isDoneAlone() {
    assertEquals(7, one.call(1_000_000, PATIENT, () -> 7));
    assertEquals(8, one.call(1_000_000, PATIENT, () -> 8));
  }

  @Test
  void call_afterTheEnd_isRefused() {
    SharedCores closed = new SharedCores(1, Duration.ZERO, 10);
    closed.close();
    WroughtException refused =
        assertThrows(WroughtException.class, () -> closed.call(1, PATIENT, () -> 7));
    assertEquals(ErrorCode.UNAVAILABLE, refused.code());
    assertTrue(refused.getMessage().contains("going down"));
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
