package dev.wrought.cli.command;

import dev.wrought.cli.terminal.Terminal;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a verb is at work: what it got from the process, so that tests can give it something else.
 *
 * @param environment the process's variables
 * @param root the checkout
 * @param folder the current directory, which relative paths are meant from
 */
public record Workplace(
    Terminal terminal, Map<String, String> environment, Path root, Path folder) {
  /** The path as the user meant it. */
  Path resolve(Path path) {
    return folder.resolve(path).toAbsolutePath().normalize();
  }
}
