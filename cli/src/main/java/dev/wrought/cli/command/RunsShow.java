package dev.wrought.cli.command;

import dev.wrought.cli.client.Services;
import dev.wrought.cli.terminal.Amounts;
import dev.wrought.cli.terminal.Json;
import dev.wrought.cli.terminal.Terminal;
import dev.wrought.cli.view.Words;
import dev.wrought.core.error.ExitCode;
import dev.wrought.proto.trainer.v1.GetRunRequest;
import dev.wrought.proto.trainer.v1.Run;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wrought runs show}. */
@Command(description = "Show a run.")
final class RunsShow implements Callable<Integer>, ExitCodeHelp.Own {
  @Mixin private final Common common;

  @Parameters(paramLabel = "RUN", description = "Its name (the newest of that name) or uid.")
  private String name = "";

  @Option(
      names = {"-f", "--follow"},
      description = "Watch it to its end; with --json one event a line.")
  private boolean follow;

  @Option(names = "--recipe", description = "Print its resolved recipe only.")
  private boolean recipe;

  RunsShow(Workplace workplace) {
    this.common = new Common(workplace);
  }

  @Override
  public Set<ExitCode> exitCodes() {
    return ExitCodeHelp.WATCHING;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (Services services = common.services()) {
      Run run = services.trainer().getRun(GetRunRequest.newBuilder().setRun(name).build());
      if (follow) {
        return new Watcher(common, services).watch(run, 0, common.json).code();
      }
      if (recipe) {
        common.terminal().text(common.json ? json(run.getRecipe()) : run.getRecipe());
      } else if (common.json) {
        common.print(run);
      } else {
        show(common.terminal(), run);
      }
      return ExitCode.OK.code();
    }
  }

  private static String json(String yaml) {
    Object document = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    return Json.pretty(document) + "\n";
  }

  private static void show(Terminal terminal, Run run) {
    line(terminal, "name", run.getName());
    line(terminal, "uid", run.getUid());
    line(terminal, "state", Words.state(run.getState()) + reason(run));
    line(
        terminal,
        "step",
        run.getStep() + (run.getPlannedSteps() > 0 ? " of " + run.getPlannedSteps() : ""));
    line(terminal, "tokens", Amounts.count(run.getTotalTokens()));
    line(terminal, "tokens/s", Amounts.count(Math.round(run.getTokensPerSecond())));
    line(terminal, "parameters", Amounts.exact(run.getParameters()));
    line(terminal, "loss", Words.optional(run.hasLoss(), run.getLoss(), 4));
    line(terminal, "held out", Words.optional(run.hasValidationLoss(), run.getValidationLoss(), 4));
    if (run.hasRemainingSeconds()) {
      Duration time = Duration.ofSeconds(Math.round(run.getRemainingSeconds()));
      line(terminal, "remaining", Amounts.duration(time));
    }
    line(terminal, "starts", Integer.toString(run.getEpoch()));
    line(terminal, "checkpoint", run.getCheckpoint().isEmpty() ? "none yet" : run.getCheckpoint());
    line(terminal, "folder", run.getDirectory());
    line(terminal, "created", Words.time(run.getCreated()));
    line(terminal, "state since", Words.time(run.getUpdated()));
  }

  private static String reason(Run run) {
    String reason = run.getReason().isEmpty() ? "" : " (" + run.getReason() + ")";
    return run.getMessage().isEmpty() ? reason : reason + ": " + run.getMessage();
  }

  private static void line(Terminal terminal, String name, String value) {
    terminal.result("%-11s %s".formatted(name, value));
  }
}
