package dev.wrought.cli.command;

import picocli.CommandLine.Option;

/** {@code --help}, last among a verb's options. */
final class HelpOption {
  @Option(
      names = {"-h", "--help"},
      order = 103,
      usageHelp = true,
      description = "Show this help.")
  private boolean help;
}
