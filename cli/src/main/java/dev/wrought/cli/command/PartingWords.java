package dev.wrought.cli.command;

import dev.wrought.cli.terminal.Terminal;

/** What is said if the process ends, by Ctrl-C most likely, before this is closed. */
final class PartingWords implements AutoCloseable {
  private final Thread hook;

  private PartingWords(Thread hook) {
    this.hook = hook;
  }

  static PartingWords prepared(Terminal terminal, String words) {
    Thread hook = new Thread(() -> terminal.note(words), "parting words");
    Runtime.getRuntime().addShutdownHook(hook);
    return new PartingWords(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException saidAlready) {
      return;
    }
  }
}
