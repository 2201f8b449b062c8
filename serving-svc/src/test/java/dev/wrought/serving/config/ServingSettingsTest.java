package dev.wrought.serving.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServingSettingsTest {
  @Test
  void keys_areFewAndStayFew() {
    assertEquals(
        List.of("models", "queue", "readerPatience", "requests", "threads"),
        Arrays.stream(ServingSettings.class.getMethods()).map(Method::getName).sorted().toList());
  }
}
