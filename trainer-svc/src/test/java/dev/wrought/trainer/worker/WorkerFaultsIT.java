package dev.wrought.trainer.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.wrought.core.checkpoint.Checkpoint;
import dev.wrought.core.checkpoint.Checkpoints;
import dev.wrought.core.error.ExitCode;
import dev.wrought.core.event.CloudEvent;
import dev.wrought.proto.events.v1.TrainingStep;
import dev.wrought.proto.trainer.v1.RunEvent;
import dev.wrought.trainer.Await;
import dev.wrought.trainer.Journals;
import dev.wrought.trainer.TinyHome;
import dev.wrought.trainer.backend.Pod;
import dev.wrought.trainer.journal.RunDirectory;
import dev.wrought.trainer.journal.RunEvents;
import dev.wrought.trainer.journal.WorkerExit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Worker processes that are killed, stopped and doubled. */
final class WorkerFaultsIT {
  private static final int STEPS = 40;
  private static final int ENDLESS = 1_000_000;
  private static final int SAVED_EVERY = 10;

  /** Every fifth worker lives until it has saved. */
  private static final int SAVERS = 5;

  /** Ended by signal 9. */
  private static final int KILLED = 128 + 9;

  @TempDir static Path home;
  private static WorkerStarts workers = new WorkerStarts(Path.of(""));
  private static RunDirectory calm = new RunDirectory(Path.of(""));
  private final Set<Pod> started = new HashSet<>();

  @BeforeAll
  static void makeHome() throws IOException {
    TinyHome.make(home);
    workers = new WorkerStarts(home);
    calm = workers.run("calm", STEPS, 10);
    assertEquals(ExitCode.OK.code(), end(workers.start(calm, 1)), "the undisturbed run");
  }

  @AfterEach
  void killAll() {
    started.forEach(Pod::kill);
  }

  private Pod start(RunDirectory run, int epoch) {
    Pod pod = workers.start(run, epoch);
    started.add(pod);
    return pod;
  }

  private static int end(Pod pod) {
    Await.until("the worker's end", () -> !pod.isAlive());
    return pod.exitCode().orElseThrow();
  }

  private static long size(RunDirectory run) {
    return run.events().toFile().length();
  }

  /** Waits until the worker has written so many events more than there were. */
  private static void awaitEvents(RunDirectory run, Pod pod, long bytesBefore, int events) {
    Await.until(
        events + " events",
        () -> !pod.isAlive() || Journals.after(run, bytesBefore).size() >= events);
  }

  /** FAULTS R1: the same weights, optimizer and losses to the bit; every event once. */
  @Test
  void worker_killedTenTimes_endsAsIfUndisturbed() throws Exception {
    assertKillsLeaveNoTrace(10);
  }

  @Tag("long")
  @Test
  void worker_killedTwoHundredTimes_endsAsIfUndisturbed() throws Exception {
    assertKillsLeaveNoTrace(200);
  }

  /**
   * A run without an end, so that every kill hits a live worker, however fast the machine. How far
   * it has come when the last start is told to stop is how far the undisturbed run is to go.
   */
  private void assertKillsLeaveNoTrace(int kills) throws Exception {
    long seed = System.nanoTime();
    System.out.println("killing with seed " + seed);
    RunDirectory run = workers.steadyRun("killed-" + kills, ENDLESS, SAVED_EVERY);
    kill(run, kills, new Random(seed));
    long before = size(run);
    Pod last = start(run, kills + 1);
    awaitEvents(run, last, before, 2);
    last.stop();
    assertEquals(ExitCode.STOPPED.code(), end(last), () -> log(run));
    int steps = Checkpoints.newestGood(run.checkpoints()).orElseThrow().step();
    assertTrue(
        steps >= kills / SAVERS * SAVED_EVERY, "the kills let it get no further than " + steps);

    RunDirectory undisturbed = workers.steadyRun("undisturbed-" + kills, steps, ENDLESS);
    assertEquals(ExitCode.OK.code(), end(start(undisturbed, 1)), () -> log(undisturbed));
    assertEquals(WorkerStarts.weights(undisturbed), WorkerStarts.weights(run), "seed " + seed);
    assertEquals(
        bits(effective(undisturbed)), bits(effective(run).headMap(steps, true)), "seed " + seed);
    assertIdsAreUnique(run);
    assertEveryCheckpointIsTold(run);
  }

  /** Some die before their first event, some anywhere in the steps that follow, some later. */
  private void kill(RunDirectory run, int kills, Random random) throws InterruptedException {
    for (int epoch = 1; epoch <= kills; epoch++) {
      long before = size(run);
      Pod pod = start(run, epoch);
      if (epoch % SAVERS == 0) { // else the run might never get on
        awaitCheckpoint(run, pod, epoch);
        before = size(run);
      }
      awaitEvents(run, pod, before, random.nextInt(14));
      Thread.sleep(random.nextInt(20));
      pod.kill();
      int kill = epoch;
      assertEquals(KILLED, end(pod), () -> "kill " + kill + " hit no live worker: " + log(run));
    }
  }

  private static void awaitCheckpoint(RunDirectory run, Pod pod, int epoch) {
    Await.until(
        "a checkpoint of start " + epoch,
        () ->
            !pod.isAlive()
                || Journals.events(run).stream()
                    .anyMatch(event ->
                        event.hasCheckpoint()
                            && event.getCheckpoint().getRun().getEpoch() == epoch));
  }

  /** What a view of the run shows: the highest epoch at each step. */
  private static NavigableMap<Integer, TrainingStep> effective(RunDirectory run) {
    NavigableMap<Integer, TrainingStep> steps = new TreeMap<>();
    for (RunEvent event : Journals.events(run)) {
      if (event.hasStep()) {
        steps.merge(
            event.getStep().getStep(),
            event.getStep(),
            (a, b) -> a.getRun().getEpoch() > b.getRun().getEpoch() ? a : b);
      }
    }
    return steps;
  }

  private static List<String> bits(Map<Integer, TrainingStep> steps) {
    return steps.values().stream()
        .map(step ->
            "%d %x %x %.0f %.0f"
                .formatted(
                    step.getStep(),
                    Double.doubleToRawLongBits(step.getLoss()),
                    Double.doubleToRawLongBits(step.getGradientNorm()),
                    step.getTotalTokens(),
                    step.getFirstSample()))
        .toList();
  }

  private static void assertIdsAreUnique(RunDirectory run) {
    List<String> ids =
        Journals.events(run).stream()
            .flatMap(event -> RunEvents.toCloudEvent(event).stream())
            .map(CloudEvent::id)
            .toList();
    assertEquals(ids.size(), Set.copyOf(ids).size(), "an event is doubled");
  }

  private static void assertEveryCheckpointIsTold(RunDirectory run) {
    List<String> told =
        Journals.events(run).stream()
            .filter(RunEvent::hasCheckpoint)
            .map(event -> event.getCheckpoint().getDigest())
            .toList();
    for (Path folder : Checkpoints.list(run.checkpoints())) {
      assertTrue(told.contains(Checkpoint.open(folder).digest()), folder + " was not told of");
    }
  }

  private static String log(RunDirectory run) {
    try {
      return Files.readString(run.workerLog());
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  /** FAULTS R2: SIGTERM saves and says so by its exit code; going on is exact. */
  @Test
  void worker_terminated_savesAndCanGoOnExactly() throws IOException {
    RunDirectory run = workers.run("terminated", STEPS, 1000);
    Pod pod = start(run, 1);
    awaitEvents(run, pod, 0, 6);
    pod.stop();
    assertEquals(ExitCode.STOPPED.code(), end(pod), () -> log(run));
    assertEquals("a checkpoint is saved", WorkerExit.read(run, 1).orElseThrow().message());
    int saved = Checkpoints.newestGood(run.checkpoints()).orElseThrow().step();
    assertEquals(effective(run).size(), saved, "saved after the last step that was taken");
    assertTrue(saved < STEPS, "it had ended before it was asked to");

    assertEquals(ExitCode.OK.code(), end(start(run, 2)));
    assertEquals(WorkerStarts.weights(calm), WorkerStarts.weights(run));
  }

  /** FAULTS R2: a second signal does not wait for the save, and breaks nothing. */
  @Test
  void worker_terminatedAndInterrupted_endsAtOnceAndKeepsTheOldCheckpoint() throws Exception {
    assumeFalse(
        ignoresInterrupts(), "SIGINT is ignored here, as in a background job, and in every child");
    RunDirectory run = workers.run("twice", 100_000, 10);
    Pod pod = start(run, 1);
    Await.until("a checkpoint", () -> Checkpoints.newestGood(run.checkpoints()).isPresent());
    // While it is halted, both arrive: it cannot have saved before it takes the second.
    signal(pod, "STOP", "TERM", "INT", "CONT");
    assertEquals(ExitCode.INTERRUPTED.code(), end(pod), () -> log(run));
    assertTrue(Checkpoints.newestGood(run.checkpoints()).isPresent());
    for (Path folder : Checkpoints.list(run.checkpoints())) {
      Checkpoint.open(folder); // verifies every digest
    }
  }

  private static boolean ignoresInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return false;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
        .anyMatch(ignored -> (ignored >> 1 & 1) == 1); // signal 2
  }

  private static void signal(Pod pod, String... names) throws Exception {
    String pid = Long.toString(pod.reference().pid());
    for (String name : names) {
      assertEquals(0, new ProcessBuilder("kill", "-" + name, pid).start().waitFor(), name);
    }
  }

  /** FAULTS R12. */
  @Test
  void worker_secondInOneFolder_exitsFencedAndHarmsNothing() throws IOException {
    RunDirectory run = workers.run("doubled", STEPS, 10);
    Pod first = start(run, 1);
    awaitEvents(run, first, 0, 2);
    Pod second = start(run, 2);
    assertEquals(ExitCode.FENCED.code(), end(second));
    assertFalse(WorkerExit.read(run, 2).isPresent(), "without the lock it has no say");
    assertEquals(ExitCode.OK.code(), end(first));
    assertEquals(WorkerStarts.weights(calm), WorkerStarts.weights(run));

    assertEquals(ExitCode.FENCED.code(), end(start(run, 1)), "an epoch that has been");
  }

  /** What FAULTS C5 leaves behind; that it leaves no more is CheckpointPublisherTest's. */
  @Test
  void worker_findsAStrayThatLooksLikeACrashedSave_ignoresAndRemovesIt() throws IOException {
    RunDirectory run = workers.run("strays", 20, 10);
    Path stray = Files.createDirectories(run.checkpoints().resolve(".tmp-step-00000010"));
    Files.writeString(stray.resolve("model.safetensors"), "half");
    assertEquals(ExitCode.OK.code(), end(start(run, 1)), () -> log(run));
    assertFalse(Files.exists(stray));
    assertEquals(20, Checkpoints.newestGood(run.checkpoints()).orElseThrow().step());
    assertEquals(20, effective(run).size());
  }

  @Test
  void worker_recipeIsGone_saysSoAsItsLastWords() throws IOException {
    RunDirectory run = workers.run("norecipe", 20, 10);
    Files.delete(run.recipe());
    assertEquals(ExitCode.RESOURCES.code(), end(start(run, 1)));
    assertTrue(WorkerExit.read(run, 1).orElseThrow().message().contains("recipe.yaml"));
  }
}
