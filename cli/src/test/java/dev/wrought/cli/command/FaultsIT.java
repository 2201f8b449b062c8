package dev.wrought.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrought.cli.local.Ports;
import dev.wrought.cli.standin.CommandProcess;
import dev.wrought.cli.standin.StandInInstallation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** W5: what the machine can refuse, really refused; one line with the remedy, and its exit code. */
class FaultsIT {
  @TempDir private Path root;
  private final Map<String, String> environment = new HashMap<>();
  private int portBase;

  @BeforeEach
  void prepare() throws IOException {
    StandInInstallation.write(root);
    portBase = Ports.freeBase();
    environment.put("WROUGHT_PORT_BASE", Integer.toString(portBase));
    environment.put("WROUGHT_HOME", root.resolve("home").toString());
  }

  /** The one line that `wrought up` says, after it has ended with this code. */
  private String refused(int code) throws IOException, InterruptedException {
    CommandProcess up = CommandProcess.start(root, root, environment, "up");
    assertEquals(code, up.await(), up.err());
    assertEquals("", up.out());
    assertEquals(1, up.err().lines().count(), up.err());
    return up.err().strip();
  }

  @ParameterizedTest
  @ValueSource(strings = {"broker starts", "tokenizer starts", "serving starts"})
  void up_interruptedWhileItStarts_leavesNothingRunning(String started)
      throws IOException, InterruptedException {
    CommandProcess up = CommandProcess.start(root, root, environment, "up");
    up.awaitNote(started);
    up.interrupt();
    assertEquals(130, up.await(), up.err());
    assertEquals(List.of(), processes(), up.err());
    assertFalse(Files.exists(root.resolve("home/platform.json")), up.err());
    assertFalse(up.err().contains("wrought: "), up.err());
  }

  /** What runs from this test's checkout. */
  private List<String> processes() {
    return ProcessHandle.allProcesses()
        .flatMap(process -> process.info().commandLine().stream())
        .filter(command -> command.contains(" -jar " + root + "/"))
        .toList();
  }

  @Test
  void port_thatIsTaken_isFour() throws IOException, InterruptedException {
    try (ServerSocket _ = new ServerSocket(portBase + 3, 1, InetAddress.getLoopbackAddress())) {
      assertEquals(
          "wrought: port %d, for serving, is taken by another program: end that, or move the platform, for example --port-base %d"
              .formatted(portBase + 3, portBase + 100),
          refused(4));
    }
  }

  @Test
  void plugin_thatIsNoJar_isThree_andStartsNothing() throws IOException, InterruptedException {
    Path jar = Files.createDirectories(root.resolve("plugins")).resolve("mine.jar");
    Files.writeString(jar, "no jar");
    String line = refused(3);
    assertTrue(line.startsWith("wrought: " + jar + " is not a readable jar: "), line);
    assertEquals(List.of(), processes(), line);
  }

  @Test
  void home_underAFile_isFour() throws IOException, InterruptedException {
    Files.writeString(root.resolve("file"), "");
    environment.put("WROUGHT_HOME", root.resolve("file/home").toString());
    String line = refused(4);
    assertTrue(line.startsWith("wrought: cannot write to " + root.resolve("file/home")), line);
    assertTrue(line.contains("use another folder (--home, WROUGHT_HOME)"), line);
  }

  @Test
  void home_thatIsReadOnly_isFour() throws IOException, InterruptedException {
    try (Mounted disk = Mounted.tmpfs(root.resolve("disk"), "64k")) {
      disk.readOnly();
      environment.put("WROUGHT_HOME", disk.folder().resolve("home").toString());
      String line = refused(4);
      assertTrue(line.contains("Read-only file system"), line);
      assertTrue(line.contains("use another folder (--home, WROUGHT_HOME)"), line);
    }
  }

  @Test
  void disk_thatIsFull_isFour_andLeavesNothingRunning() throws IOException, InterruptedException {
    try (Mounted disk = Mounted.tmpfs(root.resolve("disk"), "64k")) {
      disk.fill();
      environment.put("WROUGHT_HOME", disk.folder().resolve("home").toString());
      String line = refused(4);
      assertTrue(line.contains("no space left on the disk; free some, or use another"), line);
      assertFalse(Files.exists(disk.folder().resolve("home/platform.json")));
    }
  }

  @Test
  void disk_thatWasFull_isNoObstacleAnyMore_andOneThatFillsUpNoneToDown()
      throws IOException, InterruptedException {
    try (Mounted disk = Mounted.tmpfs(root.resolve("disk"), "512k")) {
      Path home = disk.folder().resolve("home");
      environment.put("WROUGHT_HOME", home.toString());
      disk.fill();
      refused(4);
      disk.free();
      CommandProcess up = CommandProcess.start(root, root, environment, "up");
      assertEquals(0, up.await(), up.err());

      Files.delete(home.resolve("lock"));
      disk.fill();
      CommandProcess down = CommandProcess.start(root, root, environment, "down");
      assertEquals(0, down.await(), down.err());
      assertEquals("the platform is stopped\n", down.err());
      assertFalse(Files.exists(home.resolve("platform.json")));
    }
  }

  @Test
  void run_thatIsBeingTrained_isNamedByDown() throws IOException, InterruptedException {
    CommandProcess up = CommandProcess.start(root, root, environment, "up");
    assertEquals(0, up.await(), up.err());
    trainEndlessly();
    Map<String, String> mistaken = new HashMap<>(environment);
    mistaken.put("WROUGHT_PORT_BASE", "seven");
    CommandProcess down = CommandProcess.start(root, root, mistaken, "down", "--json");
    assertEquals(0, down.await(), down.err());
    assertTrue(down.err().contains("demo is still being trained, by itself"), down.err());
    JsonNode told = new ObjectMapper().readTree(down.out());
    assertTrue(told.get("stopped").asBoolean(), down.out());
    assertEquals("[\"demo\"]", told.get("goingOn").toString());
    CommandProcess again = CommandProcess.start(root, root, environment, "down", "--json");
    assertEquals(0, again.await(), again.err());
    JsonNode unasked = new ObjectMapper().readTree(again.out());
    assertFalse(unasked.get("stopped").asBoolean(), again.out());
    assertTrue(unasked.get("goingOn").isNull(), again.out());
  }

  @Test
  void up_inTheForeground_staysUntilItIsInterrupted_andNamesTheRunThatGoesOn()
      throws IOException, InterruptedException {
    CommandProcess up = CommandProcess.start(root, root, environment, "up", "--foreground");
    up.awaitNote("Ctrl-C stops the platform");
    trainEndlessly();
    up.interrupt();
    assertEquals(0, up.await(), up.err());
    List<String> said = up.err().lines().toList();
    assertEquals("the platform is stopped", said.get(said.size() - 2));
    assertTrue(said.getLast().startsWith("demo is still being trained, by itself"), up.err());
  }

  private void trainEndlessly() throws IOException, InterruptedException {
    Files.writeString(
        Files.createDirectories(root.resolve("home")).resolve("endless"), "read by the stand-in");
    StandInInstallation.recipe(root);
    CommandProcess train =
        CommandProcess.start(root, root, environment, "train", "recipes/demo.yaml", "--detach");
    assertEquals(0, train.await(), train.err());
  }

  @Test
  void lock_thatIsHeld_isEight() throws IOException, InterruptedException {
    Path lock = Files.createDirectories(root.resolve("home")).resolve("lock");
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      String line = refused(8);
      assertTrue(line.contains("is starting or stopping the platform"), line);
      assertTrue(line.contains("wait until it is done"), line);
    }
  }

  @Test
  void lock_thatIsStale_isNoObstacle() throws IOException, InterruptedException {
    Path home = Files.createDirectories(root.resolve("home"));
    Files.writeString(home.resolve("lock"), "4194303");
    Files.writeString(
        home.resolve("platform.json"),
        """
        {"layoutVersion": 1, "version": "0.1.0", "portBase": 7710, "kafka": "127.0.0.1:7719",
         "externalKafka": false, "stopping": true,
         "processes": [{"name": "eval", "pid": 1, "started": "2020-01-01T00:00:00Z", "port": 7712}]}
        """);
    CommandProcess down = CommandProcess.start(root, root, environment, "down");
    assertEquals(0, down.await(), down.err());
    assertEquals("the platform was not running\n", down.err());
    assertFalse(Files.exists(home.resolve("platform.json")));
  }

  @Test
  void platformFile_thatIsDamaged_isFive() throws IOException, InterruptedException {
    Path home = Files.createDirectories(root.resolve("home"));
    Files.writeString(home.resolve("platform.json"), "{");
    String line = refused(5);
    assertTrue(line.contains("platform.json cannot be read"), line);
  }

  /** A small file system of its own, where this machine lets us mount one. */
  private record Mounted(Path folder) implements AutoCloseable {
    static Mounted tmpfs(Path folder, String size) throws IOException, InterruptedException {
      Files.createDirectories(folder);
      String[] command = {"mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString()};
      assumeTrue(
          run(command) == 0, "no file system can be mounted here (needs root): not injected");
      return new Mounted(folder);
    }

    void readOnly() throws IOException, InterruptedException {
      assertEquals(0, run("mount", "-o", "remount,ro", folder.toString()));
    }

    /** Every byte of it; folders can still be made. */
    void fill() throws IOException {
      try {
        Files.write(folder.resolve("ballast"), new byte[1 << 20]);
      } catch (IOException full) {
        return;
      }
      throw new AssertionError("1 MiB fitted");
    }

    void free() throws IOException {
      Files.delete(folder.resolve("ballast"));
    }

    private static int run(String... command) throws IOException, InterruptedException {
      try {
        return new ProcessBuilder(List.of(command)).redirectErrorStream(true).start().waitFor();
      } catch (IOException absent) {
        return -1;
      }
    }

    @Override
    public void close() throws IOException {
      try {
        assertEquals(0, run("umount", folder.toString()));
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
