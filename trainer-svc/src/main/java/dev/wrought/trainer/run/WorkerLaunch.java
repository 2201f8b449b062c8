package dev.wrought.trainer.run;

import dev.wrought.trainer.backend.WorkerSpec;
import dev.wrought.trainer.journal.RunDirectory;
import java.util.List;
import java.util.Map;

/** What a run's worker is told at its start. */
final class WorkerLaunch {
  private static final String MAIN = "dev.wrought.trainer.worker.WorkerMain";

  private WorkerLaunch() {}

  static WorkerSpec of(RunRecord run, RunDirectory directory, RunSettings settings) {
    return new WorkerSpec(
        MAIN,
        List.of(
            "--run", directory.path().toString(),
            "--name", run.name(),
            "--epoch", Integer.toString(run.status().epoch()),
            "--threads", Integer.toString(settings.threads()),
            "--home", settings.home().toString(),
            "--plugins", settings.plugins().toString()),
        Map.of("OPT_OUT_TRACKING", "true"),
        directory.workerLog());
  }
}
