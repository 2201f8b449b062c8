package dev.wrought.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrought.cli.terminal.Screen;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Executes verbs in this process, against what a test has put at the ports and in the folders. */
final class Verbs {
  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private Screen screen = Screen.plain();

  Verbs(Path folder, int portBase) {
    this.folder = folder;
    environment.put("WROUGHT_HOME", folder.resolve("home").toString());
    environment.put("WROUGHT_PORT_BASE", Integer.toString(portBase));
  }

  /** With the output of this verb only. */
  int run(String... words) {
    return on(Screen.plain(), words);
  }

  int on(Screen target, String... words) {
    screen = target;
    return WroughtCommand.commandLine(workplace(), words).execute(words);
  }

  /** With every verb. */
  CommandLine line() {
    return WroughtCommand.commandLine(workplace());
  }

  /** With as much as the words need. */
  CommandLine line(String words) {
    return WroughtCommand.commandLine(workplace(), words);
  }

  private Workplace workplace() {
    return new Workplace(screen.terminal(), environment, folder, folder);
  }

  String out() {
    return screen.out();
  }

  /** What was written to standard output, read. */
  JsonNode json() {
    try {
      return new ObjectMapper().readTree(out());
    } catch (JsonProcessingException failure) {
      throw new AssertionError(out(), failure);
    }
  }

  String err() {
    return screen.err();
  }

  List<String> errLines() {
    return screen.err().lines().toList();
  }
}
