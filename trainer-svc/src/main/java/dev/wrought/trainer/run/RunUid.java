package dev.wrought.trainer.run;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;

/** Makes UUIDs of version 7: sorted by time, random otherwise. Source: RFC 9562, section 5.7. */
final class RunUid {
  private static final SecureRandom RANDOM = new SecureRandom();

  private RunUid() {}

  static String next(InstantSource clock) {
    long high = clock.millis() << 16 | 0x7000 | RANDOM.nextInt(1 << 12);
    long low = RANDOM.nextLong() >>> 2 | 1L << 63;
    return new UUID(high, low).toString();
  }
}
