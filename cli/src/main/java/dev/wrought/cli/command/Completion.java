package dev.wrought.cli.command;

import dev.wrought.cli.terminal.Terminal;
import dev.wrought.core.error.ExitCode;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wrought completion}. */
@Command(
    description = "Print a script that completes verbs and options in a shell.",
    footer = {
      "",
      "bash, zsh: source <(./wrought completion bash)",
      "fish:      ./wrought completion fish | source"
    })
final class Completion implements Callable<Integer>, ExitCodeHelp.Own {
  /** The shells that can be served; zsh reads bash's script through its bashcompinit. */
  enum Shell {
    BASH,
    ZSH,
    FISH
  }

  @Mixin private final HelpOption help = new HelpOption();

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
  private Shell shell = Shell.BASH;

  Completion(Workplace workplace) {
    this.terminal = workplace.terminal();
  }

  @Override
  public Set<ExitCode> exitCodes() {
    return ExitCodeHelp.ALONE;
  }

  @Override
  public Integer call() {
    CommandLine all = spec.parent().commandLine();
    terminal.text(
        switch (shell) {
          case BASH, ZSH -> AutoComplete.bash("wrought", all);
          case FISH -> fish(all);
        });
    return ExitCode.OK.code();
  }

  /** One {@code complete} line a verb and an option, each under the condition of its verbs. */
  private static String fish(CommandLine all) {
    StringBuilder script = new StringBuilder("complete -c wrought -f\n");
    verbs(script, all, "__fish_use_subcommand");
    for (CommandLine verb : all.getSubcommands().values()) {
      String seen = "__fish_seen_subcommand_from " + verb.getCommandName();
      String inner = String.join(" ", verb.getSubcommands().keySet());
      verbs(script, verb, seen + "; and not __fish_seen_subcommand_from " + inner);
      options(script, verb, seen);
      verb.getSubcommands()
          .forEach((name, deeper) ->
              options(script, deeper, seen + "; and __fish_seen_subcommand_from " + name));
    }
    return script.toString();
  }

  private static void verbs(StringBuilder script, CommandLine line, String condition) {
    line.getSubcommands()
        .forEach((name, verb) ->
            script.append(
                "complete -c wrought -n '%s' -a %s -d '%s'%n"
                    .formatted(condition, name, described(verb.getCommandSpec()))));
  }

  private static void options(StringBuilder script, CommandLine verb, String condition) {
    for (OptionSpec option : verb.getCommandSpec().options()) {
      script.append("complete -c wrought -n '%s'".formatted(condition));
      Arrays.stream(option.names())
          .map(name ->
              name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1))
          .forEach(script::append);
      script
          .append(option.arity().max() > 0 ? " -r" : "")
          .append(" -d '%s'%n".formatted(quoted(String.join(" ", option.description()))));
    }
  }

  private static String described(CommandSpec verb) {
    String[] lines = verb.usageMessage().description();
    return lines.length == 0 ? "" : quoted(lines[0]);
  }

  private static String quoted(String text) {
    return text.replace("'", "").replaceAll("\\$\\{[^}]*}", "").strip();
  }
}
