package dev.wrought.serving.config;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ServingSettingsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private record Given(
      OptionalInt threads, int models, int requests, int queue, Duration readerPatience)
      implements ServingSettings {}

  @Test
  void keys_areFewAndStayFew() {
    assertEquals(
        List.of("models", "queue", "readerPatience", "requests", "threads"),
        Arrays.stream(ServingSettings.class.getMethods()).map(Method::getName).sorted().toList());
  }

  @Test
  void start_withSettingsOutOfTheirRange_isRefusedByName() {
    assertDoesNotThrow(() -> start(new Given(OptionalInt.empty(), 1, 1, 0, PATIENCE)));
    assertRefused("threads is 0; 1 to", new Given(OptionalInt.of(0), 1, 1, 0, PATIENCE));
    assertRefused("models is 0; 1 to", new Given(OptionalInt.empty(), 0, 1, 0, PATIENCE));
    assertRefused("requests is 0; 1 to", new Given(OptionalInt.empty(), 1, 0, 0, PATIENCE));
    assertRefused("queue is -1; 0 to", new Given(OptionalInt.empty(), 1, 1, -1, PATIENCE));
    assertRefused(
        "reader-patience in seconds is 0; 1 to",
        new Given(OptionalInt.empty(), 1, 1, 0, Duration.ZERO));
  }

  private static void assertRefused(String inMessage, ServingSettings settings) {
    WroughtException refused = assertThrows(WroughtException.class, () -> start(settings));
    assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
    assertTrue(refused.getMessage().contains("wrought.serving." + inMessage), refused.getMessage());
  }

  private static Wiring start(ServingSettings settings) {
    return new Wiring(Path.of("home"), Path.of("plugins"), settings);
  }
}
