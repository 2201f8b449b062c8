package dev.wrought.trainer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.ExitCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.trainer.Await;
import dev.wrought.trainer.Journals;
import dev.wrought.trainer.journal.RunDirectory;
import dev.wrought.trainer.journal.WorkerExit;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Lives of runs. */
final class RunsTest extends HandMovedRuns {
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
