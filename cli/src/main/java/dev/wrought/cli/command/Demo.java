package dev.wrought.cli.command;

import dev.wrought.cli.demo.DemoOrder;
import dev.wrought.cli.demo.DemoReport;
import dev.wrought.cli.demo.DemoSession;
import dev.wrought.cli.demo.ReportText;
import dev.wrought.cli.demo.TrainingFailed;
import dev.wrought.cli.terminal.Json;
import dev.wrought.cli.terminal.Terminal;
import dev.wrought.core.error.ExitCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wrought demo}. */
@Command(
    description = {
      "Make a language model: the whole way from text to a model that writes.",
      "",
      "Starts the platform if it does not run, trains a tokenizer, builds a dataset, trains a small"
          + " model, scores it on text that it has never seen, and lets it write. A second demo on"
          + " the same corpus uses the same tokenizer and dataset.",
      "",
      "A platform that the demo started is stopped at the end; on a terminal it stays up until"
          + " Ctrl-C. Ctrl-C in the middle stops what the demo started, and says what is kept."
    },
    footer = {"", "Examples: wrought demo", "          wrought demo --corpus ~/books --minutes 15"})
final class Demo implements Callable<Integer>, ExitCodeHelp.Own {
  @Mixin private final Common common;

  @Option(
      names = "--corpus",
      paramLabel = "PATH",
      description =
          "A folder, a text file, a JSONL file or a zip (default: the Java sources that the JDK"
              + " carries, lib/src.zip).")
  private @Nullable Path corpus;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "5",
      description = "How long to train, 0.1 to 1440 (default: ${DEFAULT-VALUE}).")
  private double minutes;

  @Option(
      names = "--held-out",
      paramLabel = "BYTES",
      defaultValue = "1048576",
      description =
          "How much held-out text to score, at most 4 MiB; the first document is scored whole"
              + " in any case (default: ${DEFAULT-VALUE}).")
  private String heldOut = "";

  @Option(names = "--fresh", description = "Make tokenizer and dataset anew.")
  private boolean fresh;

  @Option(names = "--keep", description = "Leave the platform running at the end.")
  private boolean keep;

  Demo(Workplace workplace) {
    this.common = new Common(workplace);
  }

  @Override
  public Set<ExitCode> exitCodes() {
    return ExitCodeHelp.WATCHING;
  }

  @Override
  public Integer call() throws InterruptedException {
    DemoOrder order = order();
    DemoSession session =
        new DemoSession(
            common.platform(),
            common.settings().portBase(),
            common.workplace().root(),
            common.terminal());
    try (Interruption interruption = Interruption.handledBy(session::end)) {
      try {
        print(session.run(order), session.dashboard());
        common.terminal().flush();
        leave(session, interruption);
        return ExitCode.OK.code();
      } catch (RuntimeException | InterruptedException failure) {
        return failed(failure, session, interruption).code();
      }
    }
  }

  private DemoOrder order() {
    return new DemoOrder(
        Optional.ofNullable(corpus).map(common.workplace()::resolve),
        Duration.ofMillis(Math.round(Math.clamp(minutes, -1e9, 1e9) * 60_000)),
        Sizes.bytes("--held-out", heldOut),
        fresh);
  }

  private void print(DemoReport report, String dashboard) {
    if (common.json) {
      common.terminal().result(Json.pretty(report.json()));
    } else {
      new ReportText(common.terminal(), report).print(dashboard);
    }
  }

  /** On a terminal the platform stays to be played with; a script is not kept waiting. */
  private void leave(DemoSession session, Interruption interruption) throws InterruptedException {
    Terminal terminal = common.terminal();
    boolean watched = terminal.look().interactiveErr() && terminal.look().interactiveOut();
    if (keep || !session.startedPlatform()) {
      common.suggest("./wrought down", "stops the platform");
    } else if (watched && !common.json) {
      terminal.note("");
      terminal.note("the platform stays up until Ctrl-C");
      interruption.done();
      session.hold();
    } else {
      session.end();
    }
  }

  private ExitCode failed(Exception failure, DemoSession session, Interruption interruption)
      throws InterruptedException {
    if (interruption.happened()) {
      return ExitCode.INTERRUPTED;
    }
    session.end();
    return switch (failure) {
      case TrainingFailed training -> {
        String mark = common.terminal().styled(Terminal.Style.BAD, "wrought: ");
        common.terminal().note(mark + training.getMessage());
        yield training.code();
      }
      case InterruptedException interrupted -> throw interrupted;
      case RuntimeException known -> throw known;
      default -> throw new IllegalStateException(failure);
    };
  }
}
