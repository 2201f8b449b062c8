package dev.wrought.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wrought.cli.standin.CommandProcess;
import dev.wrought.cli.standin.StandInInstallation;
import dev.wrought.cli.standin.StandInServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** W6: the launcher and the command, with and without a terminal (a pty of script(1)). */
class TerminalsIT {
  private static final Path LAUNCHER =
      Path.of(System.getProperty("wrought.root", "..")).resolve("wrought");
  private static final Path SCRIPT = Path.of("/usr/bin/script");

  @TempDir private Path root;
  private StandInServices standIns;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void prepare() throws IOException {
    StandInInstallation.recipe(root);
    StandInInstallation.launcher(root, LAUNCHER);
    standIns = StandInServices.in(root.resolve("home"));
    environment.put("WROUGHT_HOME", root.resolve("home").toString());
    environment.put("WROUGHT_PORT_BASE", Integer.toString(standIns.portBase()));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("TERM", "xterm");
    environment.put("LC_ALL", "C.UTF-8");
  }

  @AfterEach
  void end() {
    standIns.close();
  }

  private CommandProcess bash(String command) throws IOException, InterruptedException {
    CommandProcess process =
        CommandProcess.launch(root, environment, List.of("bash", "-c", command));
    process.await();
    return process;
  }

  /** What a terminal of so many columns was sent; both streams are one there. */
  private String onTerminal(int columns, String command) throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(SCRIPT), "no script(1) here (util-linux): no pty to try");
    CommandProcess process =
        CommandProcess.launch(
            root,
            environment,
            List.of(
                SCRIPT.toString(),
                "-qec",
                "stty cols " + columns + "; " + command,
                root.resolve("typescript").toString()));
    assertEquals(0, process.await(), process.out());
    return process.out();
  }

  private static List<String> linesOf(String sent) {
    return sent.replaceAll("\u001b\\[[0-9;]*[mK]", "")
        .lines()
        .flatMap(line -> Arrays.stream(line.split("\r")))
        .toList();
  }

  @Test
  void reader_thatGoesAway_isNoFailure() throws IOException, InterruptedException {
    CommandProcess process =
        bash(
            "./wrought man | head -1; echo ${PIPESTATUS[0]}; ./wrought tokenizer --help | true; echo ${PIPESTATUS[0]}");
    assertTrue(process.out().endsWith("\n0\n0\n"), process.out());
    assertTrue(process.out().startsWith(".TH WROUGHT 1"), process.out());
    assertEquals("", process.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"version", "--help", "runs list --help"})
  void result_thatCannotBeWritten_isAFailure(String words)
      throws IOException, InterruptedException {
    assumeTrue(
        Files.exists(Path.of("/dev/full")), "no /dev/full here: nothing that is always full");
    CommandProcess process = bash("./wrought " + words + " > /dev/full");
    assertEquals(4, process.await(), process.err());
    assertTrue(process.err().contains("No space left on device"), process.err());
  }

  @Test
  void output_withoutATerminal_isPlain() throws IOException, InterruptedException {
    CommandProcess process = bash("./wrought train recipes/demo.yaml; ./wrought runs list");
    assertFalse((process.out() + process.err()).contains("\u001b"), process.err());
    assertFalse((process.out() + process.err()).contains("\r"), process.err());
    assertTrue(process.out().contains("uid-1"), process.out());
  }

  @Test
  void output_onATerminal_movesAndHasColours() throws IOException, InterruptedException {
    String sent = onTerminal(100, "./wrought train recipes/demo.yaml");
    assertTrue(sent.contains("\u001b[K"), sent);
    assertTrue(sent.contains("\u001b[2m"), sent);
    assertTrue(sent.contains("step 1/10  loss 9.000"), sent);
  }

  @Test
  void output_onANarrowTerminal_isNotWrapped() throws IOException, InterruptedException {
    String sent = onTerminal(40, "./wrought train recipes/demo.yaml; ./wrought runs list");
    List<String> fitted =
        linesOf(sent).stream()
            .filter(line -> line.startsWith("demo  ") || line.startsWith("NAME"))
            .toList();
    assertEquals(3, fitted.size(), sent);
    fitted.forEach(line -> assertTrue(line.length() <= 40, line));
  }

  @Test
  void output_withNoColor_movesWithoutColours() throws IOException, InterruptedException {
    environment.put("NO_COLOR", "1");
    String sent = onTerminal(100, "./wrought train recipes/demo.yaml; ./wrought nosuch || true");
    assertFalse(sent.matches("(?s).*\u001b\\[[0-9;]*m.*"), sent);
    assertTrue(sent.contains("\u001b[K"), sent);
  }

  @Test
  void stdout_thatIsPiped_hasNoColoursThoughStderrIsATerminal()
      throws IOException, InterruptedException {
    onTerminal(100, "./wrought runs list > listed.txt");
    assertFalse(Files.readString(root.resolve("listed.txt")).contains("\u001b"));
    assertTrue(Files.readString(root.resolve("listed.txt")).startsWith("NAME"));
  }
}
