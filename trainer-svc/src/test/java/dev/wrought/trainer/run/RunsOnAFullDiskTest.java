package dev.wrought.trainer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.ExitCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.trainer.Await;
import dev.wrought.trainer.journal.RunDirectory;
import dev.wrought.trainer.journal.WorkerExit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Nothing is lost of a run, and nothing hangs, while its state cannot be written. */
final class RunsOnAFullDiskTest extends HandMovedRuns {
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
}
