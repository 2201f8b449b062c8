package dev.wrought.cli.demo;

import dev.wrought.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells, stage by stage, what is done and why, and remembers what is kept whatever happens next.
 *
 * <p>Thread-safe as to what is kept: whoever handles Ctrl-C asks from another thread.
 */
public final class Narration {
  private final Terminal terminal;
  private final List<String> kept = new ArrayList<>();
  private String stage = "";

  public Narration(Terminal terminal) {
    this.terminal = terminal;
  }

  Terminal terminal() {
    return terminal;
  }

  /** Opens a stage: its name, and in a sentence what happens in it. */
  public void stage(String name, String sentence) {
    synchronized (kept) {
      stage = name;
    }
    terminal.note("");
    terminal.note(
        terminal.styled(Terminal.Style.STRONG, name)
            + "  "
            + terminal.styled(Terminal.Style.QUIET, sentence));
  }

  void say(String line) {
    terminal.note(line);
  }

  /** Something that stays on the disk from now on. */
  void keep(String what) {
    synchronized (kept) {
      kept.add(what);
    }
  }

  /**
   * What an ending in the middle leaves: the stage that was reached, and what is kept. Nothing
   * before the first.
   */
  public List<String> leftBehind() {
    synchronized (kept) {
      List<String> lines = new ArrayList<>();
      if (stage.isEmpty()) {
        return lines;
      }
      lines.add("");
      lines.add("the demo ended at: " + stage);
      kept.forEach(what -> lines.add("kept: " + what));
      if (!kept.isEmpty()) {
        lines.add(
            "the next ./wrought demo goes on with the tokenizer and the dataset that are kept");
      }
      return lines;
    }
  }
}
