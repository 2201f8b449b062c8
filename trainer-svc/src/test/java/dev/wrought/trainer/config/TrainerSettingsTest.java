package dev.wrought.trainer.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TrainerSettingsTest {
  @Test
  void keys_areFewAndStayFew() {
    assertEquals(
        List.of("backend", "backendConfig", "stopGrace", "threads"),
        Arrays.stream(TrainerSettings.class.getMethods()).map(Method::getName).sorted().toList());
  }
}
