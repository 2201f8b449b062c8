package dev.wrought.cli;

import dev.wrought.cli.command.Workplace;
import dev.wrought.cli.command.WroughtCommand;
import dev.wrought.cli.terminal.Terminal;
import java.nio.file.Path;
import java.util.Map;

/** The {@code wrought} command; started by the launcher script of the same name. */
public final class Wrought {
  private Wrought() {}

  /**
   * Runs one verb and ends the process with its exit code.
   *
   * @param arguments the verb and its options
   */
  public static void main(String[] arguments) {
    System.exit(WroughtCommand.commandLine(workplace(), arguments).execute(arguments));
  }

  /** This process's own. */
  public static Workplace workplace() {
    Map<String, String> environment = System.getenv();
    Path folder = Path.of("").toAbsolutePath();
    Path root = Path.of(System.getProperty("wrought.root", folder.toString()));
    Terminal terminal = Terminal.ofProcess(System.getProperties(), environment);
    return new Workplace(terminal, environment, root, folder);
  }
}
