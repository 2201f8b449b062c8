package dev.wrought.cli.command;

import dev.wrought.cli.client.Services;
import dev.wrought.cli.terminal.Amounts;
import dev.wrought.cli.terminal.Json;
import dev.wrought.cli.terminal.Table;
import dev.wrought.cli.terminal.Terminal;
import dev.wrought.cli.view.Words;
import dev.wrought.core.error.ExitCode;
import dev.wrought.proto.trainer.v1.ListRunsRequest;
import dev.wrought.proto.trainer.v1.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wrought runs list}. */
@Command(description = "List the runs, newest first.")
final class RunsList implements Callable<Integer> {
  /** Columns that a table with uids takes. */
  private static final int WIDE = 120;

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
        table(runs, common.terminal().look()).print(common.terminal());
      }
    }
    return ExitCode.OK.code();
  }

  /** Without the uids where they do not fit: names, and --json, tell runs apart as well. */
  private static Table table(List<Run> runs, Terminal.Look look) {
    boolean wide = !look.interactiveOut() || look.columns() >= WIDE;
    List<String> headings =
        new ArrayList<>(
            List.of("NAME", "STATE", ">STEP", ">LOSS", ">HELD OUT", ">TOKENS", "CREATED"));
    if (wide) {
      headings.add("UID");
    }
    Table table = new Table(headings.toArray(String[]::new));
    for (Run run : runs) {
      List<String> cells = cells(run);
      if (wide) {
        cells.add(run.getUid());
      }
      table.row(cells.toArray(String[]::new));
    }
    return table;
  }

  private static List<String> cells(Run run) {
    String planned = run.getPlannedSteps() > 0 ? "/" + run.getPlannedSteps() : "";
    return new ArrayList<>(
        List.of(
            run.getName(),
            Words.state(run.getState()),
            run.getStep() + planned,
            Words.optional(run.hasLoss(), run.getLoss(), 3),
            Words.optional(run.hasValidationLoss(), run.getValidationLoss(), 3),
            Amounts.count(run.getTotalTokens()),
            Words.time(run.getCreated())));
  }
}
