package dev.wrought.cli.command;

import dev.wrought.core.error.ExitCode;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The exit codes that a verb's help lists: those that it can end with. */
final class ExitCodeHelp {
  /** Of a verb that asks nobody, and only prints. */
  static final Set<ExitCode> ALONE =
      Collections.unmodifiableSet(
          EnumSet.of(ExitCode.OK, ExitCode.INTERNAL, ExitCode.USAGE, ExitCode.RESOURCES));

  /** Of most verbs: they read what the user named, and ask a service. */
  private static final Set<ExitCode> ASKING =
      Collections.unmodifiableSet(
          EnumSet.of(
              ExitCode.OK,
              ExitCode.INTERNAL,
              ExitCode.USAGE,
              ExitCode.INVALID_INPUT,
              ExitCode.RESOURCES,
              ExitCode.EXTERNAL,
              ExitCode.INTERRUPTED));

  /** Of a verb that starts or stops processes, under the platform's lock. */
  static final Set<ExitCode> CHANGING = with(ASKING, ExitCode.FENCED);

  /** Of a verb that watches a run, and ends as the run did. */
  static final Set<ExitCode> WATCHING =
      with(ASKING, ExitCode.NON_FINITE, ExitCode.STOPPED, ExitCode.FENCED, ExitCode.OUT_OF_MEMORY);

  private ExitCodeHelp() {}

  /** A verb that ends by other codes than most. */
  interface Own {
    Set<ExitCode> exitCodes();
  }

  /** Gives every verb its list, and the root all of them. */
  static void describe(CommandLine root) {
    set(root, EnumSet.allOf(ExitCode.class));
    root.getSubcommands().values().forEach(ExitCodeHelp::describeVerb);
  }

  private static void describeVerb(CommandLine verb) {
    if (verb.getSubcommands().isEmpty()) {
      set(verb, verb.getCommand() instanceof Own own ? own.exitCodes() : ASKING);
    }
    verb.getSubcommands().values().forEach(ExitCodeHelp::describeVerb);
  }

  private static void set(CommandLine line, Set<ExitCode> codes) {
    Map<String, String> table = new LinkedHashMap<>();
    codes.forEach(code -> table.put(" " + code.code(), meaning(code)));
    UsageMessageSpec usage = line.getCommandSpec().usageMessage();
    usage.exitCodeListHeading("%nExit codes:%n").exitCodeList(table);
  }

  private static Set<ExitCode> with(Set<ExitCode> codes, ExitCode... more) {
    Set<ExitCode> all = EnumSet.copyOf(codes);
    Collections.addAll(all, more);
    return Collections.unmodifiableSet(all);
  }

  private static String meaning(ExitCode code) {
    return switch (code) {
      case OK -> "done";
      case INTERNAL -> "a defect of ours";
      case USAGE -> "wrong usage: an unknown verb, option or value";
      case INVALID_INPUT -> "wrong input: a recipe, a file, a name";
      case RESOURCES -> "no memory, disk, permission, port or library for it";
      case EXTERNAL -> "a service that it needs does not answer";
      case NON_FINITE -> "the training became non-finite";
      case STOPPED -> "the run was stopped, with a checkpoint";
      case FENCED -> "another process is at it";
      case OUT_OF_MEMORY -> "out of memory in a worker";
      case INTERRUPTED -> "Ctrl-C";
    };
  }
}
