package dev.wrought.cli.command;

import dev.wrought.cli.client.RunWatch;
import dev.wrought.cli.client.Services;
import dev.wrought.core.error.ExitCode;
import dev.wrought.proto.trainer.v1.GetRunRequest;
import dev.wrought.proto.trainer.v1.ResumeRunRequest;
import dev.wrought.proto.trainer.v1.Run;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wrought runs resume}. */
@Command(description = "Go on with a run from its newest good checkpoint.")
final class RunsResume implements Callable<Integer>, ExitCodeHelp.Own {
  @Mixin private final Common common;

  @Parameters(paramLabel = "RUN", description = "Its name or uid.")
  private String name = "";

  @Option(
      names = {"-d", "--detach"},
      description = "Do not watch it.")
  private boolean detach;

  RunsResume(Workplace workplace) {
    this.common = new Common(workplace);
  }

  @Override
  public Set<ExitCode> exitCodes() {
    return ExitCodeHelp.WATCHING;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (Services services = common.services()) {
      GetRunRequest asked = GetRunRequest.newBuilder().setRun(name).build();
      Run before = services.trainer().getRun(asked);
      ResumeRunRequest request = ResumeRunRequest.newBuilder().setRun(before.getUid()).build();
      Run run = services.trainer().resume(request);
      if (!detach) {
        // A run that lives goes on as it is; only one that has ended starts anew.
        int fromEpoch = before.getEpoch() + (RunWatch.ended(before) ? 1 : 0);
        return new Watcher(common, services).watch(run, fromEpoch, false).code();
      }
      if (common.json) {
        common.print(run);
      } else {
        common.terminal().result(run.getUid());
      }
      return ExitCode.OK.code();
    }
  }
}
