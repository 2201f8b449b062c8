package dev.wrought.trainer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class RunUidTest {
  @Test
  void next_clockStandsOrGoesBack_risesStrictly() {
    HandClock clock = new HandClock();
    List<String> uids = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      if (i == 5_000) {
        clock.advance(Duration.ofHours(-1));
      }
      uids.add(RunUid.next(clock));
    }
    assertEquals(uids.stream().sorted().distinct().toList(), uids);
    assertTrue(
        uids.stream()
            .map(UUID::fromString)
            .allMatch(uid -> uid.version() == 7 && uid.variant() == 2));
  }
}
