package dev.wrought.trainer.worker;

import dev.wrought.core.checkpoint.Checkpoint;
import dev.wrought.core.checkpoint.Checkpoints;
import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;
import dev.wrought.trainer.TinyHome;
import dev.wrought.trainer.backend.Pod;
import dev.wrought.trainer.backend.PodBackend;
import dev.wrought.trainer.backend.ProcessBackendFactory;
import dev.wrought.trainer.backend.WorkerSpec;
import dev.wrought.trainer.journal.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Starts real workers, each a process of its own. */
record WorkerStarts(Path home) {
  private static final PodBackend BACKEND =
      new ProcessBackendFactory().create(PluginConfig.empty(), PluginContext.of(Path.of("/")));

  /** A run's folder, as the service makes it. */
  RunDirectory run(String name, int steps, int checkpointEvery) throws IOException {
    RunDirectory run = RunDirectory.of(home, name);
    Files.createDirectories(run.checkpoints());
    Files.writeString(run.recipe(), TinyHome.recipe(name, "steps: " + steps, checkpointEvery));
    return run;
  }

  /** A run whose steps do not depend on how many are planned. */
  RunDirectory steadyRun(String name, int steps, int checkpointEvery) throws IOException {
    RunDirectory run = run(name, steps, checkpointEvery);
    String recipe = Files.readString(run.recipe());
    Files.writeString(run.recipe(), recipe.replace("cosine:", "constant:"));
    return run;
  }

  Pod start(RunDirectory run, int epoch) {
    return BACKEND.start(
        new WorkerSpec(
            WorkerMain.class.getName(), arguments(run, epoch, home), Map.of(), run.workerLog()));
  }

  /** What a worker of a run is told. */
  static List<String> arguments(RunDirectory run, int epoch, Path home) {
    return List.of(
        "--run", run.path().toString(),
        "--name", run.uid(),
        "--epoch", Integer.toString(epoch),
        "--threads", "1",
        "--home", home.toString(),
        "--plugins", home.resolve("plugins").toString());
  }

  /** Names and digests of the newest checkpoint's weights and optimizer state. */
  static String weights(RunDirectory run) {
    Checkpoint newest = Checkpoints.newestGood(run.checkpoints()).orElseThrow();
    return newest.manifest().files().stream()
        .filter(file -> file.name().endsWith(".safetensors"))
        .map(file -> file.name() + " " + file.sha256())
        .toList()
        .toString();
  }
}
