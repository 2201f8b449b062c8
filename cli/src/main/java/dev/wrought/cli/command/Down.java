package dev.wrought.cli.command;

import dev.wrought.cli.local.Platform;
import dev.wrought.cli.terminal.Json;
import dev.wrought.cli.terminal.Terminal;
import dev.wrought.core.error.ExitCode;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wrought down}. */
@Command(
    name = "down",
    description = {
      "Stop the platform.",
      "",
      "Every process is asked to end (SIGTERM), the broker last. What does not end in time is"
          + " killed. A run that is being trained goes on by itself, and the next ./wrought up finds"
          + " it again; ./wrought runs stop ends it before, with a checkpoint."
    })
final class Down implements Callable<Integer>, ExitCodeHelp.Own {
  private static final Duration GRACE = Duration.ofSeconds(30);

  @Mixin private final Common common;

  @Option(
      names = "--grace",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long a process may take to end (default: ${DEFAULT-VALUE}).")
  private int graceSeconds;

  Down(Workplace workplace) {
    this.common = new Common(workplace);
  }

  /** Stops the platform, if any of it runs. */
  static void end(Platform platform, Terminal terminal) {
    if (platform.running() && platform.down(GRACE, terminal::note)) {
      terminal.note("the platform is stopped");
    }
  }

  @Override
  public Set<ExitCode> exitCodes() {
    return ExitCodeHelp.CHANGING;
  }

  @Override
  public Integer call() {
    Terminal terminal = common.terminal();
    boolean ran = common.platform().down(Duration.ofSeconds(graceSeconds), terminal::note);
    if (common.json) {
      terminal.result(Json.pretty(Json.object().put("stopped", ran)));
    } else {
      terminal.note(ran ? "the platform is stopped" : "the platform was not running");
    }
    return ExitCode.OK.code();
  }
}
