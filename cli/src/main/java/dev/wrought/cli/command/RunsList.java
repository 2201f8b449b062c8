package dev.wrought.cli.command;

import dev.wrought.cli.client.Services;
import dev.wrought.cli.terminal.Amounts;
import dev.wrought.cli.terminal.Json;
import dev.wrought.cli.terminal.Table;
import dev.wrought.cli.view.Words;
import dev.wrought.core.error.ExitCode;
import dev.wrought.proto.trainer.v1.ListRunsRequest;
import dev.wrought.proto.trainer.v1.Run;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wrought runs list}. */
@Command(name = "list", description = "List the runs, newest first.")
final class RunsList implements Callable<Integer> {
  @Mixin private final Common common;

  @Option(names = "--live", description = "Only runs that have not ended.")
  private boolean live;

  RunsList(Workplace workplace) {
    this.common = new Common(workplace);
  }

  @Override
  public Integer call() {
    try (Services services = common.services()) {
      List<Run> runs =
          services
              .trainer()
              .listRuns(ListRunsRequest.newBuilder().setLive(live).build())
              .getRunsList();
      if (common.json) {
        common.terminal().result(Json.pretty(Json.array(runs)));
      } else {
        table(runs).print(common.terminal());
      }
    }
    return ExitCode.OK.code();
  }

  private static Table table(List<Run> runs) {
    Table table =
        new Table("NAME", "STATE", ">STEP", ">LOSS", ">HELD OUT", ">TOKENS", "CREATED", "UID");
    for (Run run : runs) {
      String planned = run.getPlannedSteps() > 0 ? "/" + run.getPlannedSteps() : "";
      table.row(
          run.getName(),
          Words.state(run.getState()),
          run.getStep() + planned,
          Words.optional(run.hasLoss(), run.getLoss(), 3),
          Words.optional(run.hasValidationLoss(), run.getValidationLoss(), 3),
          Amounts.count(run.getTotalTokens()),
          run.getCreated(),
          run.getUid());
    }
    return table;
  }
}
