package dev.wrought.cli.command;

import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A verb that is built only if it is asked for. Finding out by reflection what options a class has
 * takes picocli some 10 ms, so that building all verbs would take longer than most of them.
 *
 * @param summary its line in the help
 * @param whole builds it
 */
record Verb(String name, Supplier<String> summary, Function<Workplace, CommandLine> whole) {
  static Verb of(String name, Class<?> type, Function<Workplace, Object> verb) {
    return new Verb(
        name,
        () -> type.getAnnotation(Command.class).description()[0],
        workplace -> new CommandLine(verb.apply(workplace)));
  }

  /** A word that other verbs follow. */
  static Verb noun(String name, String summary, Function<Workplace, Object[]> verbs) {
    return new Verb(
        name, () -> summary, workplace -> Noun.of(name, summary, verbs.apply(workplace)));
  }

  /** A verb that the launcher answers. */
  static Verb launched(String name, String summary) {
    return new Verb(name, () -> summary, _ -> Launched.of(name, summary));
  }

  /** Enough of it to be listed. */
  CommandLine outline() {
    CommandSpec spec = CommandSpec.create().name(name);
    spec.usageMessage().description(summary.get());
    return new CommandLine(spec);
  }
}
