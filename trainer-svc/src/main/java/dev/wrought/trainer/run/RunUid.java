package dev.wrought.trainer.run;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes UUIDs of version 7: sorted by time, random otherwise. Those of one process rise strictly,
 * also within a millisecond and when the clock is set back: the newest run is the one with the
 * highest uid. Source: RFC 9562, sections 5.7 and 6.2, method 3.
 */
final class RunUid {
  private static final int RANDOM_BITS = 12;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Milliseconds, then random bits, of the last one. */
  private static final AtomicLong LAST = new AtomicLong();

  private RunUid() {}

  static String next(InstantSource clock) {
    long candidate = clock.millis() << RANDOM_BITS | RANDOM.nextInt(1 << RANDOM_BITS);
    long stamp = LAST.updateAndGet(last -> Math.max(last + 1, candidate));
    long tail = stamp & (1 << RANDOM_BITS) - 1;
    long high = stamp >>> RANDOM_BITS << 16 | 0x7000 | tail;
    long low = RANDOM.nextLong() >>> 2 | 1L << 63;
    return new UUID(high, low).toString();
  }
}
