package dev.wrought.cli.command;

import dev.wrought.cli.client.RunWatch;
import dev.wrought.cli.client.Services;
import dev.wrought.cli.view.RunEnding;
import dev.wrought.core.error.ExitCode;
import dev.wrought.proto.trainer.v1.GetRunRequest;
import dev.wrought.proto.trainer.v1.Run;
import dev.wrought.proto.trainer.v1.RunState;
import dev.wrought.proto.trainer.v1.StopRunRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code wrought runs stop}. */
@Command(description = "Stop a run with a checkpoint; it can be resumed.")
final class RunsStop implements Callable<Integer> {
  @Mixin private final Common common;

  @Parameters(paramLabel = "RUN", description = "Its name or uid.")
  private String name = "";

  RunsStop(Workplace workplace) {
    this.common = new Common(workplace);
  }

  @Override
  public Integer call() {
    try (Services services = common.services()) {
      Run before = services.trainer().getRun(GetRunRequest.newBuilder().setRun(name).build());
      common
          .terminal()
          .note(
              RunWatch.ended(before)
                  ? "it has ended already:"
                  : "asking the worker to save and end ...");
      Run run =
          services.trainer().stop(StopRunRequest.newBuilder().setRun(before.getUid()).build());
      if (common.json) {
        common.print(run);
      } else {
        common.terminal().note(RunEnding.summary(run));
      }
      if (run.getState() != RunState.RUN_STATE_SUCCEEDED) {
        common.suggest("./wrought runs resume " + run.getName(), "goes on from there");
      }
    }
    return ExitCode.OK.code();
  }
}
