package dev.wrought.cli;

import dev.wrought.cli.command.WroughtCommand;

/**
 * Goes once through what most verbs need. The launcher lets the JVM record this after a build: the
 * classes that were loaded here are ready-made in every later start (JEP 483, JEP 514), and {@code
 * --help} answers in a third of the time.
 */
public final class Rehearsal {
  private static final String[][] LINES = {
    {"--help"}, {"demo", "--help"}, {"version", "--json"}, {"status"}, {"nosuchverb"},
  };

  private Rehearsal() {}

  /**
   * Executes each line; what they answer does not matter.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    for (String[] line : LINES) {
      WroughtCommand.commandLine(Wrought.workplace(), line).execute(line);
    }
  }
}
