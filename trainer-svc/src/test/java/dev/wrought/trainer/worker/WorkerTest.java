package dev.wrought.trainer.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.artifact.DurableFiles;
import dev.wrought.core.checkpoint.Checkpoint;
import dev.wrought.core.checkpoint.Checkpoints;
import dev.wrought.core.error.ExitCode;
import dev.wrought.proto.trainer.v1.RunEvent;
import dev.wrought.trainer.Journals;
import dev.wrought.trainer.TinyHome;
import dev.wrought.trainer.journal.RunDirectory;
import dev.wrought.trainer.journal.WorkerExit;
import dev.wrought.trainer.loop.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole starts of runs, with libtorch, in this process. */
final class WorkerTest {
  @TempDir static Path home;

  @BeforeAll
  static void makeHome() throws IOException {
    TinyHome.make(home);
  }

  @Test
  void run_nSteps_equalHalfAndResume_bitForBit() throws IOException {
    RunDirectory whole = run("whole", TinyHome.recipe("whole", "steps: 20"));
    assertEquals(ExitCode.OK, work(whole, 1));
    String undisturbed = WorkerStarts.weights(whole);

    DurableFiles.deleteFolder(whole.checkpoints().resolve("step-00000020"));
    assertEquals(ExitCode.OK, work(whole, 2));

    assertEquals(undisturbed, WorkerStarts.weights(whole));
    List<RunEvent> events = Journals.events(whole);
    assertEquals(
        List.of(1, 2),
        events.stream()
            .filter(event -> event.hasStep() && event.getStep().getStep() == 15)
            .map(event -> event.getStep().getRun().getEpoch())
            .toList());
    assertEquals(
        "Resumed",
        events.stream()
            .filter(RunEvent::hasLifecycle)
            .toList()
            .getLast()
            .getLifecycle()
            .getReason());
  }

  @Test
  void run_resumedOnAnotherMachine_saysThatItIsInexactFromThenOn() throws IOException {
    RunDirectory run = run("moved", TinyHome.recipe("moved", "steps: 20"));
    assertEquals(ExitCode.OK, work(run, 1));
    assertTrue(newest(run).state().exact());
    DurableFiles.deleteFolder(run.checkpoints().resolve("step-00000020"));
    Files.writeString(run.machine(), "{\"threads\": 1, \"instructionSet\": \"abacus\"}");
    assertEquals(ExitCode.OK, work(run, 2));

    assertFalse(newest(run).state().exact());
    assertTrue(Files.readString(newest(run).file("MODEL_CARD.md")).contains("not exact"));
    assertEquals(
        List.of(false, true),
        Journals.events(run).stream()
            .filter(RunEvent::hasLifecycle)
            .map(event -> event.getLifecycle().getInexact())
            .toList());
  }

  private static Checkpoint newest(RunDirectory run) {
    return Checkpoints.newestGood(run.checkpoints()).orElseThrow();
  }

  @Test
  void run_trains_lossFallsAndIsMeasured() throws IOException {
    RunDirectory run = run("falls", TinyHome.recipe("falls", "steps: 40"));
    assertEquals(ExitCode.OK, work(run, 1));
    Checkpoint checkpoint = newest(run);
    double first = checkpoint.state().firstLoss().orElseThrow();
    double held = checkpoint.state().validationLoss().orElseThrow();
    assertEquals(Math.log(384), first, 0.5);
    assertTrue(held < 0.6 * first, first + " -> " + held);
    assertEquals(40 * 256, checkpoint.state().totalTokens());
    String card = Files.readString(checkpoint.file("MODEL_CARD.md"));
    assertTrue(card.contains("tiny@") && card.contains("preset: llama"), card);
    double last = checkpoint.state().loss().orElseThrow();
    String losses =
        "| first training loss | %.4f |\n| last training loss | %.4f |\n| held-out loss | %.4f |\n";
    assertTrue(card.contains(String.format(Locale.ROOT, losses, first, last, held)), card);
  }

  /** Between the two renames neither the old nor the new one is in its place. */
  @Test
  void run_crashedWhileReplacingACheckpoint_goesOnFromTheOldOne() throws IOException {
    RunDirectory run = run("replacing", TinyHome.recipe("replacing", "steps: 20"));
    assertEquals(ExitCode.OK, work(run, 1));
    Path newest = run.checkpoints().resolve("step-00000020");
    Files.move(newest, newest.resolveSibling(".tmp-replaced-step-00000020"));

    assertEquals(ExitCode.OK, work(run, 2));

    assertTrue(Files.exists(newest));
    assertTrue(
        Journals.events(run).stream()
            .noneMatch(event -> event.hasStep() && event.getStep().getRun().getEpoch() == 2),
        "steps were done again");
  }

  @Test
  void run_noCheckpointIsGood_isRefusedRatherThanBegunAnew() throws IOException {
    RunDirectory run = run("damaged", TinyHome.recipe("damaged", "steps: 20"));
    Path unsealed = Files.createDirectories(run.checkpoints().resolve("step-00000015"));
    Files.writeString(unsealed.resolve("model.safetensors"), "without a manifest");
    assertEquals(ExitCode.EXTERNAL, work(run, 1));
    String why = WorkerExit.read(run, 1).orElseThrow().message();
    assertTrue(why.contains("step-00000015") && why.contains("no manifest.json"), why);
    assertEquals(List.of(), Journals.events(run));
    assertTrue(Files.exists(unsealed), "not ours to remove");
  }

  @Test
  void run_stoppedBeforeTheFirstStep_saysThatNothingIsSaved() throws IOException {
    RunDirectory run = run("early", TinyHome.recipe("early", "steps: 20"));
    StopSignal stop = new StopSignal();
    stop.request();
    assertEquals(
        ExitCode.STOPPED, new WorkerProcess(stop).run(WorkerStarts.arguments(run, 1, home)));
    String message = WorkerExit.read(run, 1).orElseThrow().message();
    assertEquals("stopped before the first step: nothing to save", message);
    assertTrue(Checkpoints.list(run.checkpoints()).isEmpty());
  }

  private static RunDirectory run(String name, String recipe) throws IOException {
    RunDirectory run = RunDirectory.of(home, name);
    Files.createDirectories(run.checkpoints());
    Files.writeString(run.recipe(), recipe);
    return run;
  }

  private static ExitCode work(RunDirectory run, int epoch) {
    ExitCode code =
        new WorkerProcess(new StopSignal()).run(WorkerStarts.arguments(run, epoch, home));
    assertEquals(code.code(), WorkerExit.read(run, epoch).orElseThrow().code());
    return code;
  }
}
