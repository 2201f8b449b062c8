package dev.wrought.benchmarks.platform;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the platform takes before anybody uses it. Times are printed, not judged. */
@ExtendWith(SharedPlatform.class)
class FootprintIT {
  private static final long MOST_BYTES = 1_600_000_000L;

  @Test
  void platform_idle_takesLessThanItsMemory(PlatformUnderTest platform) {
    platform
        .readyAfter()
        .forEach((what, after) ->
            System.out.printf("platform: %s after %,d ms%n", what, after.toMillis()));
    System.out.printf("platform: %,d MB resident, idle%n", platform.idleBytes() / 1_000_000);
    assertTrue(platform.idleBytes() < MOST_BYTES, platform.idleBytes() + " bytes resident");
  }
}
