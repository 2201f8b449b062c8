package dev.wrought.cli.command;

import dev.wrought.cli.local.Part;
import dev.wrought.cli.local.PartStatus;
import dev.wrought.cli.local.Platform;
import dev.wrought.cli.local.Supervisor;
import dev.wrought.core.error.ExitCode;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wrought up}. */
@Command(
    description = {
      "Start the platform: a Kafka broker and the four services.",
      "",
      "What runs already stays as it is, what has died is started again. The platform goes on when"
          + " this command has ended, until ./wrought down. With KAFKA_BOOTSTRAP_SERVERS set, that"
          + " broker is used and none is started. Ctrl-C before all is ready stops what it started."
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
    Platform platform = common.platform();
    boolean ranBefore = platform.running();
    try (Interruption interruption =
        Interruption.handledBy(() -> cancel(platform, ranBefore && !foreground))) {
      try {
        List<PartStatus> parts = start(platform);
        return (foreground ? stay(platform, interruption) : Status.exitCode(parts)).code();
      } catch (RuntimeException | InterruptedException failure) {
        if (interruption.happened()) {
          return ExitCode.INTERRUPTED.code();
        }
        throw failure;
      }
    }
  }

  /** Half a platform is of no use to anybody; one that ran before is left to those who use it. */
  private void cancel(Platform platform, boolean keep) {
    if (keep) {
      common.terminal().note("what has started stays up: ./wrought status");
    } else {
      Down.stop(platform, common.terminal());
    }
  }

  private List<PartStatus> start(Platform platform) {
    long start = System.nanoTime();
    List<PartStatus> parts = platform.up(common.terminal()::note);
    common.terminal().note("up after %.1f s".formatted((System.nanoTime() - start) / 1e9));
    Status.print(common, parts);
    if (!foreground) {
      common.suggest("./wrought demo", "the whole way from text to a model that writes");
      common.suggest("http://localhost:" + port(parts, Part.EVAL), "the dashboard");
    }
    return parts;
  }

  private ExitCode stay(Platform platform, Interruption interruption) throws InterruptedException {
    common.terminal().note("Ctrl-C stops the platform");
    interruption.done();
    try (Supervisor supervisor = Supervisor.start(platform, common.terminal()::note)) {
      supervisor.join();
    }
    return ExitCode.OK;
  }

  private static int port(List<PartStatus> parts, Part wanted) {
    return parts.stream().filter(part -> part.part() == wanted).findFirst().orElseThrow().port();
  }
}
