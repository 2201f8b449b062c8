package dev.wrought.cli.command;

import dev.wrought.core.error.ExitCode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      "Results go to stdout, everything else to stderr. Every verb has --help, and each",
      "that answers has --json."
    })
public final class WroughtCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private final HelpOption help = new HelpOption();

  @Option(
      names = {"-V", "--version"},
      description = "Show the version.")
  private boolean version;

  private final Workplace workplace;

  private WroughtCommand(Workplace workplace) {
    this.workplace = workplace;
  }

  private static final String BENCH = "bench";

  private static final List<Verb> VERBS =
      List.of(
          Verb.of("demo", Demo.class, Demo::new),
          Verb.of("up", Up.class, Up::new),
          Verb.of("down", Down.class, Down::new),
          Verb.of("status", Status.class, Status::new),
          Verb.of("logs", Logs.class, Logs::new),
          Verb.noun(
              "tokenizer",
              "Train, list, inspect and apply tokenizers.",
              Verb.of("train", TokenizerTrain.class, TokenizerTrain::new),
              Verb.of("encode", TokenizerEncode.class, TokenizerEncode::new),
              Verb.of("decode", TokenizerDecode.class, TokenizerDecode::new),
              Verb.of("inspect", TokenizerInspect.class, TokenizerInspect::new),
              Verb.of("convert", TokenizerConvert.class, TokenizerConvert::new),
              Verb.of("list", TokenizerList.class, TokenizerList::new)),
          Verb.noun(
              "dataset",
              "Build and list datasets.",
              Verb.of("build", DatasetBuild.class, DatasetBuild::new),
              Verb.of("inspect", DatasetInspect.class, DatasetInspect::new),
              Verb.of("list", DatasetList.class, DatasetList::new)),
          Verb.of("train", Train.class, Train::new),
          Verb.noun(
              "runs",
              "List, show, stop and resume runs of training.",
              Verb.of("list", RunsList.class, RunsList::new),
              Verb.of("show", RunsShow.class, RunsShow::new),
              Verb.of("stop", RunsStop.class, RunsStop::new),
              Verb.of("resume", RunsResume.class, RunsResume::new)),
          Verb.of("generate", Generate.class, Generate::new),
          Verb.launched("test", "Run the project's tests: the one gate."),
          Verb.of(BENCH, Bench.class, _ -> new Bench((subject, _, _) -> Bench.elsewhere(subject))),
          Verb.of("doctor", Doctor.class, Doctor::new),
          Verb.of("completion", Completion.class, Completion::new),
          Verb.of("man", Man.class, Man::new),
          Verb.of("version", Version.class, Version::new));

  /** The verbs that are about all others. */
  private static final Set<String> ABOUT_ALL = Set.of("completion", "man");

  /** The whole command line. */
  public static CommandLine commandLine(Workplace workplace) {
    CommandLine line = new CommandLine(new WroughtCommand(workplace));
    Verb.addTo(line, VERBS, workplace, Optional.empty(), Optional.empty());
    return complete(line, workplace);
  }

  /** As much of the command line as these words need, ready to execute them. */
  public static CommandLine commandLine(Workplace workplace, String... words) {
    String first = words.length == 0 ? "" : words[0];
    if (ABOUT_ALL.contains(first)) {
      return commandLine(workplace);
    }
    CommandLine line = new CommandLine(new WroughtCommand(workplace));
    String second = words.length < 2 ? "" : words[1];
    Verb.addTo(line, VERBS, workplace, Optional.of(first), Optional.of(second));
    return complete(line, workplace);
  }

  /** The verb {@code bench} alone, of somebody who measures. */
  public static CommandLine bench(Workplace workplace, Bench.Measuring measuring) {
    CommandLine line = new CommandLine(new WroughtCommand(workplace));
    line.addSubcommand(BENCH, new Bench(measuring));
    return complete(line, workplace);
  }

  private static CommandLine complete(CommandLine line, Workplace workplace) {
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
