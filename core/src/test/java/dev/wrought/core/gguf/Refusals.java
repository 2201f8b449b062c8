package dev.wrought.core.gguf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;

/** What a reading costs, and how it is refused. */
final class Refusals {
  /** Messages, and classes that are used for the first time; nothing that a file claims. */
  private static final long MOST_HEAP_BYTES = 4 << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Refusals() {}

  static void assertCorrupt(String expected, Supplier<GgufFile> reading) {
    assertRefused(ErrorCode.CORRUPT_FILE, expected, reading);
  }

  static void assertRefused(ErrorCode code, String expected, Supplier<GgufFile> reading) {
    WroughtException refusal =
        assertThrows(WroughtException.class, () -> withinHeap(reading).close());
    assertEquals(code, refusal.code());
    assertTrue(refusal.getMessage().contains(expected), refusal.getMessage());
  }

  /** A reading, which may not take more of the heap than a small file needs. */
  static GgufFile withinHeap(Supplier<GgufFile> reading) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      return reading.get();
    } finally {
      long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
      assertTrue(taken < MOST_HEAP_BYTES, () -> taken + " bytes of heap were taken");
    }
  }
}
