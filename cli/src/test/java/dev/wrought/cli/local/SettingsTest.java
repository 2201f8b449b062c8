package dev.wrought.cli.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  @TempDir private Path root;

  private Settings settings(Optional<Path> home, OptionalInt ports, Map<String, String> variables) {
    return new Settings(home, ports, variables, root);
  }

  private Settings settings(Map<String, String> variables) {
    return settings(Optional.empty(), OptionalInt.empty(), variables);
  }

  @Test
  void home_isDecidedBy_flagThenVariableThenDefault() {
    Map<String, String> variables = Map.of("WROUGHT_HOME", "/variable");
    Settings all = settings(Optional.of(Path.of("/flag")), OptionalInt.empty(), variables);
    assertEquals(Path.of("/flag"), all.home().folder());
    assertEquals(Path.of("/variable"), settings(variables).home().folder());
    assertEquals(root.resolve(".wrought"), settings(Map.of()).home().folder());
    assertEquals(root.resolve(".wrought"), settings(Map.of("WROUGHT_HOME", " ")).home().folder());
  }

  @Test
  void portBase_isDecidedBy_flagThenVariableThenWhatRunsThenDefault() {
    Map<String, String> variables = Map.of("WROUGHT_PORT_BASE", "7800");
    assertEquals(7710, settings(Map.of()).portBase());
    Home home = settings(Map.of()).home();
    home.prepare();
    ProcessHandle self = ProcessHandle.current();
    Instant started = self.info().startInstant().orElseThrow();
    platform(7900, new ProcessRecord(Part.EVAL, self.pid(), started, 7902)).write(home);
    assertEquals(7900, settings(Map.of()).portBase());
    assertEquals(7800, settings(variables).portBase());
    assertEquals(7820, settings(Optional.empty(), OptionalInt.of(7820), variables).portBase());
  }

  private static PlatformFile platform(int portBase, ProcessRecord process) {
    return new PlatformFile("0.1.0", portBase, "broker", false, false, List.of(process));
  }

  @Test
  void portBase_ofAPlatformThatDied_isOfNoInterest() {
    Home home = settings(Map.of()).home();
    home.prepare();
    platform(7900, new ProcessRecord(Part.EVAL, 1, Instant.EPOCH, 7902)).write(home);
    assertEquals(7710, settings(Map.of()).portBase());
  }

  @Test
  void plugins_lieInTheCheckout_orWhereTheVariableSays() {
    assertEquals(root.resolve("plugins"), settings(Map.of()).plugins());
    assertEquals(
        Path.of("elsewhere").toAbsolutePath(),
        settings(Map.of("WROUGHT_PLUGINS", "elsewhere")).plugins());
  }

  @Test
  void portBase_outOfRange_saysWhereItCameFrom() {
    WroughtException flag =
        assertThrows(
            WroughtException.class,
            () -> settings(Optional.empty(), OptionalInt.of(80), Map.of()).portBase());
    assertEquals(ErrorCode.INVALID_ARGUMENT, flag.code());
    assertEquals("--port-base is 80; it must be a port from 1024 to 65526", flag.getMessage());
    for (String wrong : List.of("x", "65527", "-1", "9999999")) {
      WroughtException variable =
          assertThrows(
              WroughtException.class,
              () -> settings(Map.of("WROUGHT_PORT_BASE", wrong)).portBase());
      assertTrue(variable.getMessage().startsWith("WROUGHT_PORT_BASE is "), variable.getMessage());
    }
  }

  @Test
  void broker_ofSomebodyElse_isToldByTheVariableOfKafka() {
    assertEquals(Optional.empty(), settings(Map.of()).externalKafka());
    assertEquals(
        Optional.of("broker:9092"),
        settings(Map.of("KAFKA_BOOTSTRAP_SERVERS", "broker:9092")).externalKafka());
  }
}
