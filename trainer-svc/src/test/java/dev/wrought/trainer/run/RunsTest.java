package dev.wrought.trainer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.ExitCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.plugin.PluginContext;
import dev.wrought.proto.events.v1.LifecycleChanged;
import dev.wrought.proto.events.v1.RunRef;
import dev.wrought.proto.events.v1.TrainingStep;
import dev.wrought.proto.trainer.v1.RunEvent;
import dev.wrought.trainer.Await;
import dev.wrought.trainer.Journals;
import dev.wrought.trainer.TinyHome;
import dev.wrought.trainer.journal.RunDirectory;
import dev.wrought.trainer.journal.RunJournal;
import dev.wrought.trainer.journal.WorkerExit;
import dev.wrought.trainer.plan.Planner;
import dev.wrought.trainer.plan.RecipePlugins;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lives of runs, with workers that a test moves by hand and a clock that it sets. */
final class RunsTest {
  private static final Duration GRACE = Duration.ofMinutes(1);
  @TempDir static Path artifacts;
  @TempDir Path home;

  private final PodsInMemory pods = new PodsInMemory();
  private final HandClock clock = new HandClock();
  private Runs runs;

  @BeforeAll
  static void makeArtifacts() throws IOException {
    TinyHome.make(artifacts);
  }

  @AfterEach
  void close() {
    runs.close();
  }

  /** A service at its start, the first one or a later one. */
  @BeforeEach
  void start() {
    Planner planner =
        new Planner(
            artifacts, new RecipePlugins(home.resolve("plugins"), PluginContext.of(artifacts)));
    runs =
        new Runs(
            new RunSettings(home, home.resolve("plugins"), 1, GRACE, Duration.ofMillis(2)),
            planner,
            pods,
            clock);
  }

  private static String recipe(String name, String more) {
    return TinyHome.recipe(name, "steps: 100") + more;
  }

  private RunDirectory submit(String name) {
    return runs.submit(recipe(name, ""), "test").directory();
  }

  private RunStatus status(String name) {
    return runs.get(name).record().status();
  }

  private PodsInMemory.FakePod pod(int index) {
    Await.until("worker " + index, () -> pods.count() > index);
    return pods.pod(index);
  }

  private void awaitState(String name, String state) {
    Await.until(name + " " + state, () -> status(name).state().label().equals(state));
  }

  /** What a worker says when it trains. */
  private void running(RunDirectory run, int epoch) {
    append(
        run,
        RunEvent.newBuilder()
            .setLifecycle(
                LifecycleChanged.newBuilder()
                    .setRun(ref(run, epoch))
                    .setState("RUNNING")
                    .setReason("WorkerStarted")));
  }

  private void stepped(RunDirectory run, int epoch, int step) {
    append(
        run,
        RunEvent.newBuilder()
            .setStep(
                TrainingStep.newBuilder()
                    .setRun(ref(run, epoch))
                    .setStep(step)
                    .setLoss(5.0 - step)
                    .setStepTokens(100)
                    .setTokensPerSecond(50)
                    .setPlannedSteps(10)));
  }

  private void append(RunDirectory run, RunEvent.Builder event) {
    try (RunJournal journal = new RunJournal(run, clock)) {
      journal.append(event);
    }
  }

  private static RunRef ref(RunDirectory run, int epoch) {
    return RunRef.newBuilder().setRunUid(run.uid()).setRun("r").setEpoch(epoch).build();
  }

  private static List<String> states(RunDirectory run) {
    return Journals.events(run).stream()
        .filter(RunEvent::hasLifecycle)
        .map(event -> event.getLifecycle().getState())
        .toList();
  }

  @Test
  void submit_goodWorker_livesToItsEnd() throws IOException {
    RunDirectory run = submit("whole");
    assertEquals("1", pod(0).argument("--epoch"));
    assertEquals(run.path().toString(), pod(0).argument("--run"));
    awaitState("whole", "STARTING");
    running(run, 1);
    awaitState("whole", "RUNNING");
    stepped(run, 1, 1);
    stepped(run, 1, 2);
    Await.until("steps seen", () -> runs.get("whole").record().progress().pace().step() == 2);
    RunProgress progress = runs.get("whole").record().progress();
    assertEquals(4.0, progress.losses().first().orElseThrow());
    assertEquals(16.0, progress.pace().remainingSeconds().orElseThrow(), 1e-9);

    new WorkerExit(1, ExitCode.OK.code(), "done").write(run);
    pod(0).exit(0);
    awaitState("whole", "SUCCEEDED");
    assertEquals("Completed", status("whole").reason());
    assertEquals(List.of("PENDING", "STARTING", "RUNNING", "SUCCEEDED"), states(run));
    assertTrue(
        Journals.events(run).getFirst().getLifecycle().getRecipe().contains("tiny@"),
        "the first event carries the resolved recipe");
  }

  @Test
  void worker_lost_isStartedAgainUntilTheBudgetIsUsedUp() {
    RunDirectory run =
        runs.submit(recipe("frail", "  workers: {restartBudget: 2}\n"), "test").directory();
    for (int start = 0; start < 3; start++) {
      assertEquals(Integer.toString(start + 1), pod(start).argument("--epoch"));
      running(run, start + 1);
      stepped(run, start + 1, start + 1);
      awaitState("frail", "RUNNING");
      pod(start).exit(137);
    }
    awaitState("frail", "FAILED");
    assertEquals("WorkerLost", status("frail").reason());
    assertTrue(status("frail").message().contains("signal 9"), status("frail").message());
    assertTrue(status("frail").message().contains("all 2 restarts"), status("frail").message());
    assertEquals(3, pods.count());
    assertEquals(
        List.of(
            "PENDING",
            "STARTING",
            "RUNNING",
            "PENDING",
            "STARTING",
            "RUNNING",
            "PENDING",
            "STARTING",
            "RUNNING",
            "FAILED"),
        states(run));
  }

  @Test
  void worker_endsWithADocumentedCode_isNotStartedAgain() throws IOException {
    RunDirectory run = submit("nan");
    new WorkerExit(1, ExitCode.NON_FINITE.code(), "the loss is NaN at step 7")
        .write(waitFor(run, 0));
    pod(0).exit(ExitCode.NON_FINITE.code());
    awaitState("nan", "FAILED");
    assertEquals("NonFiniteLoss", status("nan").reason());
    assertEquals("the loss is NaN at step 7", status("nan").message());
    assertEquals(1, pods.count());
  }

  private RunDirectory waitFor(RunDirectory run, int index) {
    assertTrue(pod(index).isAlive());
    return run;
  }

  @Test
  void worker_lastWordsOfAnOlderStart_areNotBelieved() throws IOException {
    RunDirectory run = submit("words");
    pod(0).vanish();
    assertEquals("2", pod(1).argument("--epoch"));
    new WorkerExit(1, 0, "of the first start").write(run);
    pod(1).vanish();
    assertEquals("3", pod(2).argument("--epoch"));
  }

  @Test
  void service_comesBack_adoptsTheLivingWorker() throws IOException {
    RunDirectory run = submit("adopted");
    running(run, 1);
    assertTrue(pod(0).isAlive());
    awaitState("adopted", "RUNNING");
    runs.close();
    stepped(run, 1, 5); // the worker does not need the service

    start();
    Await.until("steps seen", () -> runs.get("adopted").record().progress().pace().step() == 5);
    assertEquals("RUNNING", status("adopted").state().label());
    new WorkerExit(1, 0, "done").write(run);
    pod(0).vanish(); // of a process that is no child nobody has an exit code
    awaitState("adopted", "SUCCEEDED");
    assertEquals(1, pods.count());
  }

  @Test
  void service_comesBack_findsTheWorkerEnded() throws IOException {
    RunDirectory run = submit("ended");
    running(run, 1);
    awaitState("ended", "RUNNING");
    runs.close();
    new WorkerExit(1, ExitCode.OUT_OF_MEMORY.code(), "set 8").write(run);
    pod(0).vanish();

    start();
    awaitState("ended", "FAILED");
    assertEquals("OutOfMemory", status("ended").reason());
  }

  @Test
  void service_comesBack_findsTheWorkerLost() {
    RunDirectory run = submit("lost");
    running(run, 1);
    awaitState("lost", "RUNNING");
    runs.close();
    pod(0).vanish();

    start();
    assertEquals("2", pod(1).argument("--epoch"));
  }

  /** Its lock says that it lives, whatever its start time seems to be. */
  @Test
  void service_comesBackAfterTheClockWasSet_adoptsTheLivingWorker() throws IOException {
    RunDirectory run = submit("ticking");
    running(run, 1);
    awaitState("ticking", "RUNNING");
    runs.close();
    pods.stepClock();
    try (FileChannel lock = lock(run, pod(0), 1)) {
      start();
      stepped(run, 1, 5);
      Await.until("steps seen", () -> runs.get("ticking").record().progress().pace().step() == 5);
      assertEquals("RUNNING", status("ticking").state().label());
      assertEquals(1, pods.count());
    }
  }

  /** The service died before it wrote down whom it had started, and before that one had a lock. */
  @Test
  void worker_isShutOutByOneThatNobodyKnew_theRunIsTheOthers() throws IOException {
    pods.atStart(pod -> breakState(Path.of(pod.argument("--run"))));
    RunDirectory run = submit("unknown");
    assertTrue(pod(0).isAlive());
    status("unknown"); // waits until the start is over
    runs.close();
    mendState(run);
    pods.atStart(pod -> {});

    start();
    assertEquals("2", pod(1).argument("--epoch"));
    try (FileChannel lock = lock(run, pod(0), 1)) {
      pod(1).exit(ExitCode.FENCED.code());
      awaitState("unknown", "RUNNING");
    }
    assertEquals("WorkerFound", status("unknown").reason());
    new WorkerExit(1, 0, "done").write(run);
    pod(0).vanish();
    awaitState("unknown", "SUCCEEDED");
    assertEquals(2, pods.count());
  }

  /** Locks the run's folder in a worker's name. */
  private static FileChannel lock(RunDirectory run, PodsInMemory.FakePod holder, int epoch)
      throws IOException {
    Files.writeString(
        run.lock(),
        "{\"pid\": %d, \"started\": 0, \"epoch\": %d}".formatted(holder.reference().pid(), epoch));
    FileChannel channel = FileChannel.open(run.lock(), StandardOpenOption.WRITE);
    channel.lock();
    return channel;
  }

  /** From now on {@code run.json} cannot be written, as on a full disk. */
  private static void breakState(Path run) {
    try {
      Path state = new RunDirectory(run).state();
      Files.move(state, state.resolveSibling("kept.json"));
      Files.createDirectory(state);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void mendState(RunDirectory run) throws IOException {
    Files.delete(run.state());
    Files.move(run.state().resolveSibling("kept.json"), run.state());
  }

  @Test
  void disk_isFullForAWhile_runIsFollowedToItsEnd() throws IOException {
    RunDirectory run = submit("full");
    running(run, 1);
    awaitState("full", "RUNNING");
    breakState(run.path());
    clock.advance(Duration.ofMinutes(1)); // progress is to be kept now
    stepped(run, 1, 1);
    Await.until("a failed save", () -> runs.get("full").record().progress().pace().step() == 1);
    mendState(run);
    new WorkerExit(1, 0, "done").write(run);
    pod(0).exit(0);
    awaitState("full", "SUCCEEDED");
    assertEquals("Completed", status("full").reason());
  }

  @Test
  void disk_isFullAtTheEnd_endIsSeenAsSoonAsThereIsRoom() throws IOException {
    RunDirectory run = submit("end");
    running(run, 1);
    awaitState("end", "RUNNING");
    breakState(run.path());
    pod(0).exit(ExitCode.STOPPED.code()); // without last words: they had no room either
    Await.until("the end is told", () -> states(run).contains("STOPPED"));
    assertEquals("RUNNING", status("end").state().label(), "as the disk has it");
    mendState(run);
    awaitState("end", "STOPPED");
    runs.close();
    start();
    assertEquals("STOPPED", status("end").state().label());
  }

  @Test
  void disk_isFullRightAfterAStart_workerIsKept() throws IOException {
    pods.atStart(pod -> breakState(Path.of(pod.argument("--run"))));
    RunDirectory run = submit("kept");
    assertTrue(pod(0).isAlive());
    assertEquals("STARTING", status("kept").state().label());
    mendState(run);
    running(run, 1);
    awaitState("kept", "RUNNING");
    assertEquals(Optional.of(pod(0).reference()), status("kept").pod());
    assertEquals(1, pods.count());
  }

  @Test
  void disk_isFullAtAStop_stopCanBeAskedAgain() throws Exception {
    RunDirectory run = submit("again");
    running(run, 1);
    awaitState("again", "RUNNING");
    breakState(run.path());
    WroughtException full = assertThrows(WroughtException.class, () -> runs.stop("again"));
    assertEquals(ErrorCode.STORAGE, full.code());
    assertFalse(pod(0).isStopped());

    mendState(run);
    CompletableFuture<RunView> stopping = stop("again");
    Await.until("stop asked", () -> pod(0).isStopped());
    pod(0).exit(ExitCode.STOPPED.code());
    assertEquals("STOPPED", stopping.get().record().status().state().label());
  }

  @Test
  void stop_workerSaves_isStopped() throws Exception {
    RunDirectory run = submit("polite");
    running(run, 1);
    awaitState("polite", "RUNNING");
    CompletableFuture<RunView> stopping = stop("polite");
    Await.until("stop asked", () -> pod(0).isStopped());
    assertEquals("STOPPING", status("polite").state().label());
    assertFalse(stopping.isDone());
    new WorkerExit(1, ExitCode.STOPPED.code(), "a checkpoint is saved").write(run);
    pod(0).exit(ExitCode.STOPPED.code());
    assertEquals("STOPPED", stopping.get().record().status().state().label());
    assertFalse(pod(0).isKilled());
  }

  @Test
  void stop_workerHangs_isKilledAfterTheGrace() throws Exception {
    RunDirectory run = submit("deaf");
    running(run, 1);
    awaitState("deaf", "RUNNING");
    CompletableFuture<RunView> stopping = stop("deaf");
    Await.until("stop asked", () -> pod(0).isStopped());
    clock.advance(GRACE.minusMillis(1));
    assertFalse(pod(0).isKilled());
    clock.advance(Duration.ofMillis(2));
    assertEquals("STOPPED", stopping.get().record().status().state().label());
    assertTrue(pod(0).isKilled());
    assertEquals(1, pods.count());
  }

  private CompletableFuture<RunView> stop(String name) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return runs.stop(name);
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
    });
  }

  @Test
  void resume_stoppedRun_goesOnInANewEpoch() throws Exception {
    RunDirectory run = submit("again");
    running(run, 1);
    awaitState("again", "RUNNING");
    CompletableFuture<RunView> stopping = stop("again");
    Await.until("stop asked", () -> pod(0).isStopped());
    pod(0).exit(ExitCode.STOPPED.code());
    stopping.get();

    runs.resume("again");
    assertEquals("2", pod(1).argument("--epoch"));
    running(run, 2);
    awaitState("again", "RUNNING");
    assertEquals(0, status("again").restarts());
  }

  @Test
  void resume_succeededRun_isRefused() throws IOException {
    RunDirectory run = submit("done");
    new WorkerExit(1, 0, "").write(waitFor(run, 0));
    pod(0).exit(0);
    awaitState("done", "SUCCEEDED");
    WroughtException refused = assertThrows(WroughtException.class, () -> runs.resume("done"));
    assertEquals(ErrorCode.FAILED_PRECONDITION, refused.code());
  }

  @Test
  void resume_nameWasGivenAway_isRefused() throws IOException {
    String first = submit("twice").uid();
    pod(0).exit(ExitCode.STOPPED.code());
    awaitState("twice", "STOPPED");
    String second = submit("twice").uid();
    assertEquals(second, runs.get("twice").record().uid(), "a name is its newest run's");
    WroughtException refused = assertThrows(WroughtException.class, () -> runs.resume(first));
    assertEquals(ErrorCode.FAILED_PRECONDITION, refused.code());
  }

  @Test
  void submit_nameOfALiveRun_isRefused() {
    submit("taken");
    WroughtException refused = assertThrows(WroughtException.class, () -> submit("taken"));
    assertEquals(ErrorCode.ALREADY_EXISTS, refused.code());
  }

  @Test
  void submit_suspended_waitsForAResume() {
    runs.submit(recipe("asleep", "  suspend: true\n"), "test");
    assertEquals("STOPPED", status("asleep").state().label());
    assertEquals("Suspended", status("asleep").reason());
    assertEquals(0, pods.count());
    runs.resume("asleep");
    assertEquals("1", pod(0).argument("--epoch"));
  }

  @Test
  void submit_workerCannotBeStarted_failsWithTheCause() {
    pods.breakDown();
    submit("nowhere");
    awaitState("nowhere", "FAILED");
    assertEquals("WorkerNotStarted", status("nowhere").reason());
    assertEquals("no room for processes", status("nowhere").message());
  }

  @Test
  void get_unknownName_namesTheKnown() {
    submit("known");
    WroughtException refused = assertThrows(WroughtException.class, () -> runs.get("unknown"));
    assertEquals(ErrorCode.NOT_FOUND, refused.code());
    assertTrue(String.valueOf(refused.getMessage()).contains("known are known"));
  }

  @Test
  void list_runs_areNewestFirst() {
    List.of("one", "two", "three").forEach(this::submit); // within one millisecond
    assertEquals(
        List.of("three", "two", "one"),
        runs.list(true).stream().map(run -> run.record().name()).toList());
  }

  @Test
  void home_keptByAnother_isRefused() {
    WroughtException refused = assertThrows(WroughtException.class, this::start);
    assertEquals(ErrorCode.LOCKED, refused.code());
  }
}
