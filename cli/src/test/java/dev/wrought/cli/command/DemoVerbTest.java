package dev.wrought.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.cli.demo.DemoOrder;
import dev.wrought.cli.demo.DemoSession;
import dev.wrought.cli.local.Installation;
import dev.wrought.cli.local.Platform;
import dev.wrought.cli.local.Settings;
import dev.wrought.cli.standin.StandInInstallation;
import dev.wrought.cli.standin.StandInServices;
import dev.wrought.cli.standin.StandInTrainer.Course;
import dev.wrought.cli.terminal.Screen;
import dev.wrought.core.error.WroughtException;
import dev.wrought.proto.trainer.v1.RunState;
import io.grpc.Status;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo on a platform that runs already: its processes are sleepers, its ports stand-ins'. */
class DemoVerbTest {
  private static final List<String> PARTS = List.of("tokenizer", "trainer", "eval", "serving");

  @TempDir private Path folder;
  private StandInServices standIns;
  private final List<Process> sleepers = new ArrayList<>();
  private Verbs verbs = new Verbs(Path.of("."), 1024);

  @BeforeEach
  void start() throws IOException {
    standIns = StandInServices.in(folder.resolve("home"));
    verbs = new Verbs(folder, standIns.portBase());
    StandInInstallation.recipe(folder);
    Files.writeString(folder.resolve("text.txt"), "Once upon a time");
    List<String> processes = new ArrayList<>();
    for (String part : PARTS) {
      processes.add(sleeper(part, standIns.portBase() + processes.size()));
    }
    Files.createDirectories(folder.resolve("home"));
    Files.writeString(
        folder.resolve("home/platform.json"),
        """
        {"layoutVersion": 1, "version": "0.1.0", "portBase": %d, "kafka": "broker:9092",
         "externalKafka": true, "stopping": false, "processes": [%s]}
        """
            .formatted(standIns.portBase(), String.join(",", processes)));
  }

  private String sleeper(String part, int port) throws IOException {
    Process process = new ProcessBuilder("sleep", "600").start();
    sleepers.add(process);
    return "{\"name\": \"%s\", \"pid\": %d, \"started\": \"%s\", \"port\": %d}"
        .formatted(part, process.pid(), process.info().startInstant().orElseThrow(), port);
  }

  @AfterEach
  void stop() {
    sleepers.forEach(Process::destroyForcibly);
    standIns.close();
  }

  private void assertPlatformRuns() {
    assertTrue(sleepers.stream().allMatch(Process::isAlive));
    assertTrue(Files.exists(folder.resolve("home/platform.json")));
  }

  @Test
  void demo_prints_theReportAndLeavesThePlatform() {
    assertEquals(0, verbs.run("demo", "--corpus", "text.txt"));
    assertTrue(verbs.out().contains("Bits per byte of 1,048,000"), verbs.out());
    assertTrue(verbs.err().contains("runs already, and stays"), verbs.err());
    assertTrue(verbs.err().contains("next: ./wrought down"), verbs.err());
    assertPlatformRuns();
  }

  @Test
  void demo_onATerminal_doesNotWaitForAPlatformOfSomebodyElse() {
    Screen screen = Screen.moving(80);
    assertEquals(0, verbs.on(screen, "demo", "--corpus", "text.txt"));
    String shown = screen.out().replaceAll("\u001b\\[[0-9]*m", "");
    assertTrue(shown.contains("─".repeat(80)), shown);
    shown
        .lines()
        .filter(line -> !line.contains(folder.toString()))
        .forEach(line -> assertTrue(line.length() <= 80, line));
    assertPlatformRuns();
  }

  @Test
  void demo_thatFailsInAStage_saysWhatIsKept_andEndsByTheServicesCode() {
    standIns.faults().order("ScoreHeldOut", Status.RESOURCE_EXHAUSTED.withDescription("no room"));
    assertEquals(4, verbs.run("demo", "--corpus", "text.txt"));
    assertTrue(verbs.err().contains("the demo ended at: Score\n"), verbs.err());
    assertTrue(verbs.err().contains("kept: checkpoint "), verbs.err());
    assertTrue(verbs.err().endsWith("wrought: no room\n"), verbs.err());
    assertEquals("", verbs.out());
    assertPlatformRuns();
  }

  @Test
  void demo_whoseTrainingFails_endsAsTrainWould() {
    standIns
        .trainer()
        .goesLike(new Course(2, Duration.ZERO, RunState.RUN_STATE_FAILED, "OutOfMemory", 0));
    assertEquals(9, verbs.run("demo", "--corpus", "text.txt"));
    assertTrue(verbs.err().contains("wrought: demo failed after 2 steps"), verbs.err());
    assertPlatformRuns();
  }

  /** A demo of its own on the same ports. */
  private DemoSession session(Screen screen) {
    Settings settings =
        new Settings(
            Optional.of(folder.resolve("home")),
            OptionalInt.of(standIns.portBase()),
            Map.of(),
            folder);
    return new DemoSession(
        new Platform(settings, Installation.current(folder), "0.1.0"),
        standIns.portBase(),
        folder,
        screen.terminal());
  }

  @Test
  void ending_thatCtrlCCutsShort_isDoneOver() throws IOException, InterruptedException {
    Path known = folder.resolve("home/platform.json");
    Path aside = Files.move(known, folder.resolve("aside"));
    DemoSession session = session(Screen.plain());
    Files.move(aside, known);
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve("home/lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      Thread.currentThread().interrupt();
      assertThrows(WroughtException.class, session::end);
      assertTrue(Thread.interrupted());
    }
    assertPlatformRuns();
    session.end();
    assertFalse(Files.exists(known));
    for (Process sleeper : sleepers) {
      assertTrue(sleeper.waitFor(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void ending_whileTheTrainerIsFrozen_doesNotWaitForIt() throws InterruptedException {
    standIns.trainer().goesLike(Course.endless());
    Screen screen = Screen.plain();
    DemoSession session = session(screen);
    DemoOrder order =
        new DemoOrder(Optional.of(folder.resolve("text.txt")), Duration.ofMinutes(5), 4096, false);
    Thread demo =
        Thread.ofPlatform().start(() -> assertThrows(Exception.class, () -> session.run(order)));
    while (demo.isAlive() && !screen.err().contains("step 1/")) {
      Thread.sleep(20);
    }
    standIns.faults().freeze("GetRun");
    session.end();
    assertTrue(
        screen.err().contains("the run could not be asked to stop: DEADLINE_EXCEEDED"),
        screen.err());
    demo.interrupt();
    demo.join();
  }

  @Test
  void demo_withoutItsRecipe_saysSoBeforeAnyWork() throws IOException {
    Files.delete(folder.resolve("recipes/demo.yaml"));
    assertEquals(3, verbs.run("demo", "--corpus", "text.txt"));
    assertEquals(1, verbs.errLines().size());
    assertEquals(0, standIns.tokenizer().tokenizersMade());
  }
}
