package dev.wrought.cli.command;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A verb that is built only if it is asked for. Finding out by reflection what options a class has
 * takes picocli some 10 ms, so that building all verbs would take longer than most of them.
 *
 * @param name that it goes by: it is given to the line built, whose class need not know it
 * @param summary its line in the help
 */
record Verb(String name, Supplier<String> summary, Building building) {
  /** Builds a verb. */
  private interface Building {
    /**
     * @param next the word after it, which tells what of a noun is needed; empty: all
     */
    CommandLine build(Workplace workplace, Optional<String> next);
  }

  static Verb of(String name, Class<?> type, Function<Workplace, Object> verb) {
    return new Verb(
        name,
        () -> type.getAnnotation(Command.class).description()[0],
        (workplace, _) -> new CommandLine(verb.apply(workplace)));
  }

  /** A word that other verbs follow. */
  static Verb noun(String name, String summary, Verb... verbs) {
    return new Verb(
        name,
        () -> summary,
        (workplace, next) -> {
          CommandLine noun = Noun.of(summary);
          addTo(noun, List.of(verbs), workplace, next, Optional.of(""));
          return noun;
        });
  }

  /** A verb that the launcher answers. */
  static Verb launched(String name, String summary) {
    return new Verb(name, () -> summary, (_, _) -> Launched.of(summary));
  }

  /** All of it. */
  CommandLine whole(Workplace workplace) {
    return building.build(workplace, Optional.empty());
  }

  /**
   * Gives a line what of these verbs is needed: the one that is asked for, or, if there is none of
   * that name, enough of each to be listed.
   *
   * @param asked empty: all of them, whole
   * @param next the word after it
   */
  static void addTo(
      CommandLine line,
      List<Verb> verbs,
      Workplace workplace,
      Optional<String> asked,
      Optional<String> next) {
    Optional<Verb> only =
        verbs.stream().filter(verb -> verb.name.equals(asked.orElse(""))).findFirst();
    if (only.isPresent()) {
      Verb verb = only.get();
      line.addSubcommand(verb.name, verb.building.build(workplace, next));
    } else {
      verbs.forEach(verb ->
          line.addSubcommand(verb.name, asked.isEmpty() ? verb.whole(workplace) : verb.outline()));
    }
  }

  /** Enough of it to be listed. */
  private CommandLine outline() {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage().description(summary.get());
    return new CommandLine(spec);
  }
}
