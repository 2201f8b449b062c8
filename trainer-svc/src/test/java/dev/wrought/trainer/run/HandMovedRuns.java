package dev.wrought.trainer.run;

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
import dev.wrought.trainer.plan.Planner;
import dev.wrought.trainer.plan.RecipePlugins;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose workers a test moves by hand, under a clock that it sets, on a disk that it fills. */
abstract class HandMovedRuns {
  static final Duration GRACE = Duration.ofMinutes(1);
  @TempDir static Path artifacts;
  @TempDir Path home;

  final PodsInMemory pods = new PodsInMemory();
  final HandClock clock = new HandClock();
  Runs runs;

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

  static String recipe(String name, String more) {
    return TinyHome.recipe(name, "steps: 100") + more;
  }

  RunDirectory submit(String name) {
    return runs.submit(recipe(name, ""), "test").directory();
  }

  RunStatus status(String name) {
    return runs.get(name).record().status();
  }

  PodsInMemory.FakePod pod(int index) {
    Await.until("worker " + index, () -> pods.count() > index);
    return pods.pod(index);
  }

  void awaitState(String name, String state) {
    Await.until(name + " " + state, () -> status(name).state().label().equals(state));
  }

  /** What a worker says when it trains. */
  void running(RunDirectory run, int epoch) {
    append(
        run,
        RunEvent.newBuilder()
            .setLifecycle(
                LifecycleChanged.newBuilder()
                    .setRun(ref(run, epoch))
                    .setState("RUNNING")
                    .setReason("WorkerStarted")));
  }

  void stepped(RunDirectory run, int epoch, int step) {
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

  void append(RunDirectory run, RunEvent.Builder event) {
    try (RunJournal journal = new RunJournal(run, clock)) {
      journal.append(event);
    }
  }

  static RunRef ref(RunDirectory run, int epoch) {
    return RunRef.newBuilder().setRunUid(run.uid()).setRun("r").setEpoch(epoch).build();
  }

  static List<String> states(RunDirectory run) {
    return Journals.events(run).stream()
        .filter(RunEvent::hasLifecycle)
        .map(event -> event.getLifecycle().getState())
        .toList();
  }

  /** From now on {@code run.json} cannot be written, as on a full disk. */
  static void breakState(Path run) {
    try {
      Path state = new RunDirectory(run).state();
      Files.move(state, state.resolveSibling("kept.json"));
      Files.createDirectory(state);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static void mendState(RunDirectory run) throws IOException {
    Files.delete(run.state());
    Files.move(run.state().resolveSibling("kept.json"), run.state());
  }

  CompletableFuture<RunView> stop(String name) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return runs.stop(name);
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
    });
  }
}
