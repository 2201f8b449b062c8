package dev.wrought.cli.command;

import dev.wrought.cli.local.LogFile;
import dev.wrought.cli.local.LogFollower;
import dev.wrought.cli.local.Part;
import dev.wrought.cli.terminal.Json;
import dev.wrought.cli.terminal.Terminal;
import dev.wrought.core.error.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wrought logs}. */
@Command(description = "Show the platform's logs.")
final class Logs implements Callable<Integer> {
  @Mixin private final Common common;

  @Parameters(
      arity = "0..1",
      paramLabel = "PART",
      description = "broker, tokenizer, trainer, eval or serving; all of them by default.")
  private @Nullable String part;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with new lines until Ctrl-C.")
  private boolean follow;

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "N",
      defaultValue = "50",
      description = "How many of the last lines (default: ${DEFAULT-VALUE}).")
  private int lines;

  @Spec private CommandSpec spec;

  Logs(Workplace workplace) {
    this.common = new Common(workplace);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (lines < 0) {
      throw new ParameterException(
          spec.commandLine(), "--lines is %d, it must be at least 0".formatted(lines));
    }
    List<Part> parts = part == null ? Arrays.asList(Part.values()) : List.of(Part.of(part));
    for (Part each : parts) {
      LogFile.tail(log(each), lines).forEach(line -> print(each, line, parts.size() > 1));
    }
    if (parts.stream().noneMatch(each -> Files.exists(log(each)))) {
      common.terminal().note("no logs yet in " + common.settings().home().folder());
    }
    if (follow) {
      common.terminal().flush();
      new LogFollower(parts, this::log, (each, line) -> follow(each, line, parts.size() > 1)).run();
    }
    return ExitCode.OK.code();
  }

  private Path log(Part each) {
    return common.settings().home().log(each);
  }

  /** Whoever reads a pipe sees the line when it is new. */
  private void follow(Part each, String line, boolean named) {
    print(each, line, named);
    common.terminal().flush();
  }

  private void print(Part each, String line, boolean named) {
    Terminal terminal = common.terminal();
    if (common.json) {
      terminal.result(Json.line(Json.object().put("part", each.label()).put("line", line)));
    } else {
      String name =
          named ? terminal.styledResult(Terminal.Style.QUIET, "%-9s ".formatted(each.label())) : "";
      terminal.result(name + line);
    }
  }
}
