package dev.wrought.trainer.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
    String undisturbed = weights(whole);

    DurableFiles.deleteFolder(whole.checkpoints().resolve("step-00000020"));
    assertEquals(ExitCode.OK, work(whole, 2));

    assertEquals(undisturbed, weights(whole));
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
  void run_trains_lossFallsAndIsMeasured() throws IOException {
    RunDirectory run = run("falls", TinyHome.recipe("falls", "steps: 40"));
    assertEquals(ExitCode.OK, work(run, 1));
    Checkpoint checkpoint = Checkpoints.newestGood(run.checkpoints()).orElseThrow();
    double first = checkpoint.state().firstLoss().orElseThrow();
    double held = checkpoint.state().validationLoss().orElseThrow();
    assertEquals(Math.log(384), first, 0.5);
    assertTrue(held < 0.6 * first, first + " -> " + held);
    assertEquals(40 * 256, checkpoint.state().totalTokens());
    String card = Files.readString(checkpoint.file("MODEL_CARD.md"));
    assertTrue(card.contains("tiny@") && card.contains("preset: llama"), card);
  }

  private static RunDirectory run(String name, String recipe) throws IOException {
    RunDirectory run = RunDirectory.of(home, name);
    Files.createDirectories(run.checkpoints());
    Files.writeString(run.recipe(), recipe);
    return run;
  }

  private static ExitCode work(RunDirectory run, int epoch) {
    ExitCode code =
        new WorkerProcess(new StopSignal())
            .run(
                List.of(
                    "--run", run.path().toString(),
                    "--name", run.uid(),
                    "--epoch", Integer.toString(epoch),
                    "--threads", "1",
                    "--home", home.toString(),
                    "--plugins", home.resolve("plugins").toString()));
    assertEquals(code.code(), WorkerExit.read(run, epoch).orElseThrow().code());
    return code;
  }

  private static String weights(RunDirectory run) {
    Checkpoint newest = Checkpoints.newestGood(run.checkpoints()).orElseThrow();
    return newest.manifest().files().stream()
        .filter(file -> file.name().endsWith(".safetensors"))
        .map(file -> file.name() + " " + file.sha256())
        .toList()
        .toString();
  }
}
