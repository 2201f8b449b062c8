package dev.wrought.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.wrought.cli.local.Checkup;
import dev.wrought.cli.local.Finding;
import dev.wrought.cli.terminal.Json;
import dev.wrought.cli.terminal.Terminal;
import dev.wrought.core.error.ExitCode;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code wrought doctor}. */
@Command(
    description = {
      "Check what the platform needs of this machine.",
      "",
      "Exit code 0 if all will work, 4 if something will not."
    })
final class Doctor implements Callable<Integer> {
  @Mixin private final Common common;

  Doctor(Workplace workplace) {
    this.common = new Common(workplace);
  }

  @Override
  public Integer call() {
    List<Finding> findings = new Checkup(common.settings(), common.workplace().root()).findings();
    if (common.json) {
      ArrayNode array = Json.array();
      findings.forEach(finding ->
          array
              .addObject()
              .put("name", finding.name())
              .put("level", finding.level().name().toLowerCase(Locale.ROOT))
              .put("found", finding.found())
              .put("remedy", finding.remedy()));
      common.terminal().result(Json.pretty(array));
    } else {
      findings.forEach(this::print);
    }
    boolean sick = findings.stream().anyMatch(f -> f.level() == Finding.Level.PROBLEM);
    return (sick ? ExitCode.RESOURCES : ExitCode.OK).code();
  }

  private void print(Finding finding) {
    Terminal terminal = common.terminal();
    String mark =
        switch (finding.level()) {
          case OK -> terminal.styledResult(Terminal.Style.GOOD, "ok      ");
          case WARNING -> terminal.styledResult(Terminal.Style.WARNING, "warning ");
          case PROBLEM -> terminal.styledResult(Terminal.Style.BAD, "PROBLEM ");
        };
    terminal.result("%s %-10s %s".formatted(mark, finding.name(), finding.found()));
    if (!finding.remedy().isEmpty()) {
      terminal.result(" ".repeat(20) + finding.remedy());
    }
  }
}
