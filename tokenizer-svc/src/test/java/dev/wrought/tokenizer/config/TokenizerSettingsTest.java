package dev.wrought.tokenizer.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenizerSettingsTest {
  @Test
  void keys_areFewAndStayFew() {
    assertEquals(
        List.of("threads"),
        Arrays.stream(TokenizerSettings.class.getMethods()).map(Method::getName).sorted().toList());
  }
}
