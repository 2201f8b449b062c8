package dev.wrought.cli.command;

import dev.wrought.cli.client.Services;
import dev.wrought.cli.terminal.Amounts;
import dev.wrought.cli.terminal.Terminal;
import dev.wrought.core.error.ExitCode;
import dev.wrought.proto.trainer.v1.Run;
import dev.wrought.proto.trainer.v1.SubmitRunRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wrought train}. */
@Command(
    description = {
      "Train a model as a recipe says, and watch it.",
      "",
      "Ctrl-C ends the watching, not the run."
    },
    footer = {"", "Example: wrought train recipes/llama-small.yaml --dry-run"})
final class Train implements Callable<Integer>, ExitCodeHelp.Own {
  @Mixin private final Common common;

  @Parameters(paramLabel = "RECIPE", description = "A YAML file, as in recipes/.")
  private Path recipe = Path.of("");

  @Option(
      names = "--dry-run",
      description = "Check and resolve the recipe, estimate what it takes; start nothing.")
  private boolean dryRun;

  @Option(
      names = {"-d", "--detach"},
      description = "Start the run and do not watch it.")
  private boolean detach;

  Train(Workplace workplace) {
    this.common = new Common(workplace);
  }

  @Override
  public Set<ExitCode> exitCodes() {
    return ExitCodeHelp.WATCHING;
  }

  @Override
  public Integer call() throws InterruptedException {
    String yaml = Input.file(common.workplace().resolve(recipe));
    SubmitRunRequest request =
        SubmitRunRequest.newBuilder()
            .setRecipe(yaml)
            .setOrigin(recipe.toString())
            .setDryRun(dryRun)
            .build();
    try (Services services = common.services()) {
      Run run = services.trainer().submit(request);
      run.getWarningsList().forEach(this::warn);
      if (dryRun) {
        return plan(run);
      }
      if (!detach) {
        common.terminal().note("run %s (%s)".formatted(run.getName(), run.getUid()));
        return new Watcher(common, services).watch(run, 0, false).code();
      }
      started(run);
      return ExitCode.OK.code();
    }
  }

  private void warn(String warning) {
    Terminal terminal = common.terminal();
    terminal.note(terminal.styled(Terminal.Style.WARNING, "warning: ") + warning);
  }

  private void started(Run run) {
    if (common.json) {
      common.print(run);
    } else {
      common.terminal().result(run.getUid());
    }
    common.suggest("./wrought runs show %s --follow".formatted(run.getName()), "watches it");
    common.suggest("./wrought runs stop " + run.getName(), "stops it with a checkpoint");
  }

  private int plan(Run run) {
    if (common.json) {
      common.print(run);
      return ExitCode.OK.code();
    }
    Terminal terminal = common.terminal();
    terminal.text(run.getRecipe().endsWith("\n") ? run.getRecipe() : run.getRecipe() + "\n");
    terminal.note("parameters   " + Amounts.exact(run.getParameters()));
    terminal.note("memory       " + estimate(run.getEstimatedMemoryBytes()));
    terminal.note("checkpoint   " + estimate(run.getEstimatedCheckpointBytes()));
    terminal.note("compute      " + Amounts.count(run.getFlopsPerToken()) + " FLOP a token");
    terminal.note("steps        " + steps(run));
    if (run.getTotalTokens() > 0) {
      terminal.note("tokens       " + Amounts.count(run.getTotalTokens()));
    }
    if (run.hasRemainingSeconds()) {
      Duration time = Duration.ofSeconds(Math.round(run.getRemainingSeconds()));
      terminal.note("time         about " + Amounts.duration(time));
    }
    terminal.note("nothing was started");
    return ExitCode.OK.code();
  }

  private static String steps(Run run) {
    return run.getPlannedSteps() > 0
        ? Amounts.exact(run.getPlannedSteps())
        : "as many as the time allows";
  }

  private static String estimate(long bytes) {
    return bytes > 0 ? "about " + Amounts.bytes(bytes) : "not known";
  }
}
