package dev.wrought.edge.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackRuleTest {
  private static final LoopbackRule RULE = new LoopbackRule(Set.of("models.example"));

  @ParameterizedTest
  @ValueSource(
      strings = {"127.0.0.1:7712", "localhost:7712", "LOCALHOST", "[::1]:7712", "models.example"})
  void refusal_ofThisMachinesNames_isEmpty(String host) {
    assertTrue(RULE.refusal(host, "").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example:7712",
        "127.0.0.1.evil.example",
        "localhost.evil.example:7712",
        "",
        "[::1",
        "10.0.0.7:7712",
        "0.0.0.0:7712"
      })
  void refusal_ofForeignHosts_namesTheHost(String host) {
    assertTrue(RULE.refusal(host, "").orElseThrow().contains("not this machine"));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:7712, http://127.0.0.1:7712, true",
    "localhost:7712, http://localhost:7712, true",
    "localhost:7712, http://LOCALHOST:7712, true",
    "localhost:7712, https://evil.example, false",
    "localhost:7712, http://localhost:3000, false",
    "127.0.0.1:7712, http://localhost:7712, false",
    "localhost:7712, null, false",
    "localhost:7712, http://localhost:7712@evil.example, false",
    "localhost:7712, '::::', false",
  })
  void refusal_ofAnOrigin_allowsTheServicesOwnOnly(String host, String origin, boolean allowed) {
    assertEquals(allowed, RULE.refusal(host, origin).isEmpty());
  }

  @Test
  void refusal_ofControlCharacters_doesNotEchoThem() {
    String reason = RULE.refusal("evil\r\nX: y", "").orElseThrow();
    assertFalse(reason.contains("\n"), reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.0.1.1", "127.255.255.254", "::1", "localhost"})
  void isLoopback_ofLoopbackAddresses_isTrue(String bindAddress) {
    assertTrue(LoopbackRule.isLoopback(bindAddress));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.0.0.7",
        "::",
        "",
        "127.0.0.1.example.org",
        "127.example.org",
        "127.0.0",
        "127.0.0.256",
        "127.0.0.01",
        "1270.0.0.1"
      })
  void isLoopback_ofAnythingElse_isFalse(String bindAddress) {
    assertFalse(LoopbackRule.isLoopback(bindAddress));
  }
}
