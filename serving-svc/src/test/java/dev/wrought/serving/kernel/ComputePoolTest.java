package dev.wrought.serving.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComputePoolTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void forEach_manyLoops_runsEachTaskOnce(int threads) {
    try (ComputePool pool = new ComputePool(threads)) {
      assertEquals(threads, pool.threads());
      AtomicIntegerArray runs = new AtomicIntegerArray(97);
      for (int loop = 0; loop < 2000; loop++) {
        pool.forEach(loop % 98, runs::incrementAndGet);
      }
      long expected = IntStream.range(0, 2000).map(loop -> loop % 98).sum();
      assertEquals(expected, IntStream.range(0, 97).mapToLong(runs::get).sum());
    }
  }

  @Test
  void forEach_afterAPause_wakesParkedThreads() throws InterruptedException {
    try (ComputePool pool = new ComputePool(2)) {
      for (int loop = 0; loop < 20; loop++) {
        Thread.sleep(2);
        AtomicInteger done = new AtomicInteger();
        pool.forEach(10, index -> done.incrementAndGet());
        assertEquals(10, done.get());
      }
    }
  }

  @Test
  void forEach_aTaskFails_theOthersRunAndTheFailureIsThrown() {
    try (ComputePool pool = new ComputePool(2)) {
      AtomicInteger done = new AtomicInteger();
      IllegalStateException failure = new IllegalStateException("task 3");
      IllegalStateException thrown =
          assertThrows(
              IllegalStateException.class,
              () ->
                  pool.forEach(
                      10,
                      index -> {
                        if (index == 3) {
                          throw failure;
                        }
                        done.incrementAndGet();
                      }));
      assertSame(failure, thrown);
      assertEquals(9, done.get());
    }
  }

  @Test
  void forEach_fromSeveralThreads_takesTurns() throws InterruptedException {
    try (ComputePool pool = new ComputePool(2)) {
      AtomicInteger done = new AtomicInteger();
      var callers =
          Collections.nCopies(4, 0).stream()
              .map(zero ->
                  Thread.ofPlatform()
                      .start(() -> {
                        for (int loop = 0; loop < 200; loop++) {
                          pool.forEach(5, index -> done.incrementAndGet());
                        }
                      }))
              .toList();
      for (Thread caller : callers) {
        caller.join();
      }
      assertEquals(4 * 200 * 5, done.get());
    }
  }
}
