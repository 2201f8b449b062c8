package dev.wrought.cli.command;

import dev.wrought.cli.local.Part;
import dev.wrought.cli.local.PartStatus;
import dev.wrought.cli.local.Platform;
import dev.wrought.cli.local.Supervisor;
import dev.wrought.cli.terminal.Terminal;
import dev.wrought.core.error.ExitCode;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wrought up}. */
@Command(
    name = "up",
    description = {
      "Start the platform: a Kafka broker and the four services.",
      "",
      "What runs already stays as it is, what has died is started again. The platform goes on when"
          + " this command has ended, until ./wrought down. With KAFKA_BOOTSTRAP_SERVERS set, that"
          + " broker is used and none is started."
    })
final class Up implements Callable<Integer>, ExitCodeHelp.Own {
  @Mixin private final Common common;

  @Option(
      names = {"-f", "--foreground"},
      description = "Stay, restart what dies, and stop the platform on Ctrl-C.")
  private boolean foreground;

  Up(Workplace workplace) {
    this.common = new Common(workplace);
  }

  @Override
  public Set<ExitCode> exitCodes() {
    return ExitCodeHelp.CHANGING;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (foreground) {
      return stay().code();
    }
    List<PartStatus> parts = start();
    common.suggest("./wrought demo", "the whole way from text to a model that writes");
    common.suggest("http://localhost:" + port(parts, Part.EVAL), "the dashboard");
    return Status.exitCode(parts).code();
  }

  private List<PartStatus> start() {
    long start = System.nanoTime();
    List<PartStatus> parts = common.platform().up(common.terminal()::note);
    common.terminal().note("up after %.1f s".formatted((System.nanoTime() - start) / 1e9));
    Status.print(common, parts);
    return parts;
  }

  private ExitCode stay() throws InterruptedException {
    Terminal terminal = common.terminal();
    Platform platform = common.platform();
    try (Interruption interruption = Interruption.handledBy(() -> Down.end(platform, terminal))) {
      try {
        start();
        terminal.note("Ctrl-C stops the platform");
        interruption.done();
        try (Supervisor supervisor = Supervisor.start(platform, terminal::note)) {
          supervisor.join();
        }
        return ExitCode.OK;
      } catch (RuntimeException | InterruptedException failure) {
        if (interruption.happened()) {
          return ExitCode.INTERRUPTED;
        }
        throw failure;
      }
    }
  }

  private static int port(List<PartStatus> parts, Part wanted) {
    return parts.stream().filter(part -> part.part() == wanted).findFirst().orElseThrow().port();
  }
}
