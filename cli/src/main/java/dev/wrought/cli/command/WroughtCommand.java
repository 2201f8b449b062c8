package dev.wrought.cli.command;

import dev.wrought.core.error.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wrought}: all verbs, in the order of their use. */
@Command(
    name = "wrought",
    synopsisSubcommandLabel = "VERB",
    description = "Language models made in Java, and shown as they are made.",
    footer = {
      "",
      "Results go to stdout, everything else to stderr. Every verb has --help and --json."
    })
public final class WroughtCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      description = "Show the version.")
  private boolean version;

  private final Workplace workplace;

  private WroughtCommand(Workplace workplace) {
    this.workplace = workplace;
  }

  /** The whole command line, ready to be executed. */
  public static CommandLine commandLine(Workplace workplace) {
    CommandLine line = new CommandLine(new WroughtCommand(workplace));
    line.addSubcommand(new Demo(workplace));
    line.addSubcommand(new Up(workplace));
    line.addSubcommand(new Down(workplace));
    line.addSubcommand(new Status(workplace));
    line.addSubcommand(new Logs(workplace));
    line.addSubcommand(
        Noun.of(
            "tokenizer",
            "Train, list, inspect and apply tokenizers.",
            new TokenizerTrain(workplace),
            new TokenizerEncode(workplace),
            new TokenizerDecode(workplace),
            new TokenizerInspect(workplace),
            new TokenizerList(workplace)));
    line.addSubcommand(
        Noun.of(
            "dataset",
            "Build and list datasets.",
            new DatasetBuild(workplace),
            new DatasetList(workplace)));
    line.addSubcommand(new Train(workplace));
    line.addSubcommand(
        Noun.of(
            "runs",
            "List, show, stop and resume runs of training.",
            new RunsList(workplace),
            new RunsShow(workplace),
            new RunsStop(workplace),
            new RunsResume(workplace)));
    line.addSubcommand(new Generate(workplace));
    line.addSubcommand(Launched.of("test", "Run the project's tests: the one gate."));
    line.addSubcommand(Launched.of("bench", "Measure speed against peers and limits."));
    line.addSubcommand(new Doctor(workplace));
    line.addSubcommand(new Completion(workplace));
    line.addSubcommand(new Man(workplace));
    line.addSubcommand(new Version(workplace));
    ExitCodeHelp.describe(line);
    return CommandErrors.handledBy(line, workplace.terminal());
  }

  @Override
  public Integer call() {
    if (version) {
      return new Version(workplace).call();
    }
    spec.commandLine().usage(System.err);
    return ExitCode.USAGE.code();
  }
}
