package dev.wrought.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A word that verbs follow, like {@code tokenizer}: alone it shows them. */
@Command(synopsisSubcommandLabel = "VERB")
final class Noun implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private final HelpOption help = new HelpOption();

  private Noun() {}

  static CommandLine of(String description) {
    CommandLine line = new CommandLine(new Noun());
    line.getCommandSpec().usageMessage().description(description);
    return line;
  }

  @Override
  public Integer call() {
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "%s needs a verb: %s"
            .formatted(
                spec.qualifiedName(),
                String.join(", ", spec.commandLine().getSubcommands().keySet())));
  }
}
