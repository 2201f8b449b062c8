package dev.wrought.cli.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.cli.standin.StandInInstallation;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Up and down with real processes, each a stand-in. */
class PlatformIT {
  private static final Duration GRACE = Duration.ofSeconds(10);

  @TempDir private Path root;
  private int portBase;
  private Platform platform = platform(Path.of("."), 1024, Map.of());

  @BeforeEach
  void prepare() throws IOException {
    StandInInstallation.write(root);
    portBase = Ports.freeBase();
    platform = platform(root, portBase, Map.of());
  }

  @AfterEach
  void end() {
    platform.down(GRACE, _ -> {});
  }

  private static Platform platform(Path root, int portBase, Map<String, String> variables) {
    Settings settings =
        new Settings(Optional.of(root.resolve("home")), OptionalInt.of(portBase), variables, root);
    return new Platform(settings, Installation.current(root), "0.1.0");
  }

  private static List<Long> pids(List<PartStatus> parts) {
    return parts.stream().map(part -> part.process().orElseThrow().pid()).toList();
  }

  @Test
  void platform_goesUp_staysUp_isMended_andGoesDown() throws InterruptedException, IOException {
    leftovers();
    List<PartStatus> first = platform.up(_ -> {});
    assertEquals(5, first.size());
    first.forEach(part -> assertEquals(PartStatus.State.READY, part.state(), part.toString()));
    assertTrue(first.stream().allMatch(part -> part.residentBytes().orElse(1L) > 1_000_000));
    assertEquals(pids(first), pids(platform.up(_ -> {})));

    kill(first, Part.EVAL);
    assertEquals(PartStatus.State.DEAD, state(platform.status(), Part.EVAL));
    List<PartStatus> mended = platform.up(_ -> {});
    assertNotEquals(pids(first).get(Part.EVAL.ordinal()), pids(mended).get(Part.EVAL.ordinal()));
    assertEquals(pids(first).get(0), pids(mended).get(0));

    supervised(mended);

    List<PartStatus> last = platform.status();
    assertTrue(platform.down(GRACE, _ -> {}));
    assertFalse(platform.running());
    last.forEach(part -> assertFalse(part.process().orElseThrow().alive(), part.toString()));
    assertFalse(Files.exists(platform.home().platformFile()));
    assertFalse(platform.down(GRACE, _ -> {}));
  }

  private void supervised(List<PartStatus> parts) throws InterruptedException {
    BlockingQueue<String> said = new LinkedBlockingQueue<>();
    try (Supervisor _ = Supervisor.start(platform, said::add)) {
      kill(parts, Part.SERVING);
      assertEquals("serving had died and is started again", said.poll(30, TimeUnit.SECONDS));
    }
    assertNotEquals(PartStatus.State.DEAD, state(platform.status(), Part.SERVING));
  }

  private static void kill(List<PartStatus> parts, Part part) throws InterruptedException {
    ProcessRecord process = parts.get(part.ordinal()).process().orElseThrow();
    process.handle().orElseThrow().destroyForcibly();
    while (process.alive()) {
      Thread.sleep(20);
    }
  }

  private static PartStatus.State state(List<PartStatus> parts, Part part) {
    return parts.get(part.ordinal()).state();
  }

  @Test
  void platform_thatKeepsDying_isGivenUp_andWhoWaitsIsTold() throws IOException {
    for (Part part : Part.values()) {
      Files.writeString(Installation.current(root).jar(part), "no jar");
    }
    platform.home().prepare();
    new PlatformFile("0.1.0", portBase, "broker", false, false, List.of()).write(platform.home());
    try (Supervisor supervisor = Supervisor.start(platform, _ -> {})) {
      WroughtException failure = assertThrows(WroughtException.class, supervisor::join);
      assertEquals(ErrorCode.UNAVAILABLE, failure.code());
      assertTrue(failure.getMessage().contains("./wrought logs"), failure.getMessage());
    }
  }

  @Test
  void port_thatIsTaken_isNamedBeforeAnythingStarts() throws IOException {
    try (ServerSocket taken = new ServerSocket(portBase + 2, 1, InetAddress.getLoopbackAddress())) {
      WroughtException failure = assertThrows(WroughtException.class, () -> platform.up(_ -> {}));
      assertEquals(ErrorCode.PORT_IN_USE, failure.code());
      assertTrue(
          failure.getMessage().contains("port " + taken.getLocalPort() + ", for eval"),
          failure.getMessage());
      assertTrue(failure.getMessage().contains("--port-base " + (portBase + 100)));
    }
    assertFalse(platform.running());
  }

  /** A crash, or a reboot, leaves a lock file and processes' numbers that others have by now. */
  private void leftovers() throws IOException {
    platform.home().prepare();
    Files.writeString(platform.home().lockFile(), "4194303");
    ProcessRecord gone =
        new ProcessRecord(Part.EVAL, ProcessHandle.current().pid(), Instant.EPOCH, 7712);
    new PlatformFile("0.0.9", 7710, "127.0.0.1:7719", false, true, List.of(gone))
        .write(platform.home());
    assertEquals(PartStatus.State.DEAD, state(platform.status(), Part.EVAL));
  }

  @Test
  void part_thatDiesAtItsStart_isNamedWithItsLastWords_andMendedByUp() throws IOException {
    Path jar = root.resolve("eval-svc/target/quarkus-app/quarkus-run.jar");
    byte[] whole = Files.readAllBytes(jar);
    Files.writeString(jar, "no jar");
    Map<String, String> variables =
        Map.of("KAFKA_BOOTSTRAP_SERVERS", "broker:9092", "WROUGHT_PLUGINS", "/elsewhere");
    platform = platform(root, portBase, variables);
    WroughtException failure = assertThrows(WroughtException.class, () -> platform.up(_ -> {}));
    assertEquals(ErrorCode.UNAVAILABLE, failure.code());
    assertTrue(failure.getMessage().startsWith("eval ended while it started; "));
    assertTrue(failure.getMessage().contains("jarfile"), failure.getMessage());
    assertEquals(1, failure.getMessage().lines().count());

    Files.write(jar, whole);
    List<PartStatus> parts = platform.up(_ -> {});
    assertEquals(PartStatus.State.READY, state(parts, Part.EVAL));
    assertEquals(PartStatus.State.EXTERNAL, state(parts, Part.BROKER));
    String log = Files.readString(platform.home().log(Part.EVAL));
    assertTrue(log.contains("plugins in /elsewhere"), log);
    refusesAnotherBroker();
    isWantedAgainAfterADownThatWasCutShort();
  }

  private void refusesAnotherBroker() {
    Platform other = platform(root, portBase, Map.of("KAFKA_BOOTSTRAP_SERVERS", "other:9092"));
    WroughtException failure = assertThrows(WroughtException.class, () -> other.up(_ -> {}));
    assertEquals(ErrorCode.FAILED_PRECONDITION, failure.code());
    assertTrue(failure.getMessage().contains("broker:9092"), failure.getMessage());
  }

  private void isWantedAgainAfterADownThatWasCutShort() {
    PlatformFile.read(platform.home()).orElseThrow().stopping(true).write(platform.home());
    assertFalse(platform.wanted());
    platform.up(_ -> {});
    assertTrue(platform.wanted());
  }

  @Test
  void part_thatIsNotBuilt_isNamedBeforeAnythingStarts() throws IOException {
    Files.delete(root.resolve("eval-svc/target/quarkus-app/quarkus-run.jar"));
    WroughtException failure = assertThrows(WroughtException.class, () -> platform.up(_ -> {}));
    assertEquals(ErrorCode.FAILED_PRECONDITION, failure.code());
    assertFalse(platform.running());
  }
}
