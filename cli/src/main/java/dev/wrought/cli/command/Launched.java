package dev.wrought.cli.command;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * A verb that the launcher answers by a JVM of its own, so that this module needs no arrow to
 * Maven. It is listed here for the help and the completion.
 */
@Command
final class Launched implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Unmatched private List<String> arguments = new ArrayList<>();

  private Launched() {}

  static CommandLine of(String description) {
    CommandLine line = new CommandLine(new Launched());
    line.getCommandSpec().usageMessage().description(description);
    return line;
  }

  @Override
  public Integer call() {
    throw new WroughtException(
        ErrorCode.FAILED_PRECONDITION,
        "%s is started by the launcher: ./wrought %s %s"
            .formatted(spec.name(), spec.name(), String.join(" ", arguments)));
  }
}
