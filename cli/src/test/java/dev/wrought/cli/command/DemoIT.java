package dev.wrought.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrought.cli.local.Ports;
import dev.wrought.cli.standin.CommandProcess;
import dev.wrought.cli.standin.StandInInstallation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a user starts it: a process, which starts the platform's processes. */
class DemoIT {
  @TempDir private Path root;
  private Map<String, String> environment = Map.of();

  @BeforeEach
  void prepare() throws IOException {
    StandInInstallation.write(root);
    Files.createDirectories(home());
    Files.writeString(root.resolve("text.txt"), "Once upon a time");
    environment =
        Map.of(
            "WROUGHT_HOME", home().toString(),
            "WROUGHT_PORT_BASE", Integer.toString(Ports.freeBase()));
  }

  @AfterEach
  void end() throws IOException, InterruptedException {
    wrought("down", "--grace", "1").await();
  }

  private Path home() {
    return root.resolve("home");
  }

  private CommandProcess wrought(String... words) throws IOException {
    return CommandProcess.start(root, root, environment, words);
  }

  private CommandProcess demo(String... more) throws IOException {
    List<String> words = new ArrayList<>(List.of("demo", "--corpus", "text.txt"));
    words.addAll(Arrays.asList(more));
    return wrought(words.toArray(String[]::new));
  }

  private boolean running() {
    return Files.exists(home().resolve("platform.json"));
  }

  @Test
  void demo_withoutATerminal_printsJson_andStopsWhatItStarted()
      throws IOException, InterruptedException {
    CommandProcess demo = demo("--json");
    assertEquals(0, demo.await(), demo.err());
    JsonNode report = new ObjectMapper().readTree(demo.out());
    assertEquals(14, report.size());
    assertTrue(demo.err().endsWith("the platform is stopped\n"), demo.err());
    assertFalse(demo.err().contains("\u001b"), demo.err());
    assertFalse(running());
  }

  @Test
  void demo_interruptedInTraining_saysWhatIsKept_andStopsWhatItStarted()
      throws IOException, InterruptedException {
    Files.writeString(home().resolve("endless"), "");
    CommandProcess demo = demo();
    demo.awaitNote("step 1/");
    demo.interrupt();
    assertEquals(130, demo.await(), demo.err());
    List<String> said = demo.err().lines().toList();
    assertTrue(said.contains("the demo ended at: Training"), demo.err());
    for (String kept : List.of("tokenizer demo (", "dataset demo (", "run demo (")) {
      assertTrue(said.stream().anyMatch(line -> line.startsWith("kept: " + kept)), demo.err());
    }
    assertTrue(demo.err().contains("demo stopped after"), demo.err());
    assertTrue(demo.err().contains("./wrought runs resume demo"), demo.err());
    assertTrue(said.getLast().equals("the platform is stopped"), demo.err());
    assertFalse(demo.err().contains("defect"), demo.err());
    assertFalse(running());
    assertEquals("", demo.out());
  }

  @Test
  void demo_interruptedWhileThePlatformStarts_leavesNothingRunning()
      throws IOException, InterruptedException {
    CommandProcess demo = demo();
    demo.awaitNote("starts on port");
    demo.interrupt();
    assertEquals(130, demo.await(), demo.err());
    assertFalse(running(), demo.err());
    assertFalse(demo.err().contains("defect"), demo.err());
  }
}
