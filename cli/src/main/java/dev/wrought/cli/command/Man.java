package dev.wrought.cli.command;

import dev.wrought.cli.terminal.Terminal;
import dev.wrought.core.error.ExitCode;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code wrought man}: all verbs' help as one page, so that it can never say anything else. */
@Command(
    description = "Print the manual page of the command and all its verbs.",
    footer = {
      "",
      "Read it: ./wrought man | man -l -",
      "Keep it: ./wrought man > ~/.local/share/man/man1/wrought.1"
    })
final class Man implements Callable<Integer>, ExitCodeHelp.Own {
  @Mixin private final HelpOption help = new HelpOption();

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  Man(Workplace workplace) {
    this.terminal = workplace.terminal();
  }

  @Override
  public Set<ExitCode> exitCodes() {
    return ExitCodeHelp.ALONE;
  }

  @Override
  public Integer call() {
    CommandLine all = spec.parent().commandLine();
    StringBuilder page = new StringBuilder();
    page.append(".TH WROUGHT 1 \"\" \"wrought ").append(Version.current().number()).append("\"\n");
    page.append(".SH NAME\nwrought \\- language models made in Java, and shown as they are made\n");
    section(page, "DESCRIPTION", all);
    all.getSubcommands().values().forEach(verb -> verb(page, verb));
    terminal.text(page.toString());
    return ExitCode.OK.code();
  }

  private static void verb(StringBuilder page, CommandLine verb) {
    if (verb.getSubcommands().isEmpty()) {
      section(page, verb.getCommandSpec().qualifiedName(), verb);
    }
    verb.getSubcommands().values().forEach(deeper -> verb(page, deeper));
  }

  private static void section(StringBuilder page, String title, CommandLine line) {
    page.append(".SH \"").append(title).append("\"\n.nf\n");
    line.getUsageMessage(Ansi.OFF)
        .lines()
        .map(Man::roff)
        .forEach(text -> page.append(text).append('\n'));
    page.append(".fi\n");
  }

  /** Text as it is: no escapes, hyphens that can be copied, no requests. */
  private static String roff(String text) {
    String escaped = text.replace("\\", "\\e").replace("-", "\\-");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }
}
