package dev.wrought.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.cli.terminal.Screen;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class CommandErrorsTest {
  /** Wants more than there is. */
  @Command(name = "greedy")
  private static final class Greedy implements Callable<Integer> {
    @Override
    public Integer call() {
      throw new OutOfMemoryError("Java heap space");
    }
  }

  @Test
  void outOfMemory_isOneLineWithTheRemedy() {
    Screen screen = Screen.plain();
    CommandLine line = CommandErrors.handledBy(new CommandLine(new Greedy()), screen.terminal());
    assertEquals(4, line.execute());
    assertEquals(1, screen.err().lines().count(), screen.err());
    assertTrue(screen.err().startsWith("wrought: out of memory, of which "), screen.err());
    assertTrue(screen.err().contains("--lines"), screen.err());
    assertTrue(screen.err().contains("JDK_JAVA_OPTIONS=-Xmx"), screen.err());
    assertEquals("", screen.out());
  }
}
