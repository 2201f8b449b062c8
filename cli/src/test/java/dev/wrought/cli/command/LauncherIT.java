package dev.wrought.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wrought.cli.standin.CommandProcess;
import dev.wrought.cli.standin.StandInInstallation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher builds, rehearses and leaves alone; Maven is a script that notes its goals. */
class LauncherIT {
  private static final Path LAUNCHER =
      Path.of(System.getProperty("wrought.root", "..")).resolve("wrought");

  @TempDir private Path root;
  private final Map<String, String> environment = new HashMap<>();
  private final List<Process> others = new ArrayList<>();

  @BeforeEach
  void prepare() throws IOException {
    StandInInstallation.launcher(root, LAUNCHER);
    script(root.resolve("mvnw"), "echo \"$*\" >>'" + root.resolve("maven.txt") + "'");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
  }

  @AfterEach
  void end() {
    others.forEach(Process::destroyForcibly);
  }

  private static void script(Path file, String line) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/usr/bin/env bash\n" + line + "\n");
    assertTrue(file.toFile().setExecutable(true));
  }

  private CommandProcess start(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of("./wrought"));
    command.addAll(Arrays.asList(words));
    return CommandProcess.launch(root, environment, command);
  }

  private CommandProcess run(int code, String... words) throws IOException, InterruptedException {
    CommandProcess process = start(words);
    assertEquals(code, process.await(), process.err());
    return process;
  }

  /** What Maven was asked for, a line a time. */
  private String built() throws IOException {
    Path notes = root.resolve("maven.txt");
    return Files.exists(notes) ? Files.readString(notes) : "";
  }

  private void changeASource() throws IOException {
    Path source = Files.writeString(root.resolve("core/src/A.java"), "");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(120)));
  }

  /** A process that waits, with a word in its command line, which the file of the home lists. */
  private void platform(Path home, String word) throws IOException {
    Process process = new ProcessBuilder("bash", "-c", "read -r _", word).start();
    others.add(process);
    Files.createDirectories(home);
    Files.writeString(home.resolve("platform.json"), "{\n \"pid\" : " + process.pid() + "\n}\n");
  }

  private String ownJar() {
    return root.resolve("eval-svc/target/quarkus-app/quarkus-run.jar").toString();
  }

  @Test
  void source_thatChanged_isBuilt_onTwoThreads() throws IOException, InterruptedException {
    run(0, "version");
    assertEquals("", built());
    changeASource();
    run(0, "version");
    assertTrue(built().contains("-T 2 package"), built());
    assertTrue(built().contains("-pl proto,core,cli\n"), built());
  }

  @Test
  void source_thatChangedBesideAPlatform_isNotBuilt() throws IOException, InterruptedException {
    changeASource();
    platform(root.resolve(".wrought"), ownJar());
    assertTrue(run(0, "version").err().contains("the platform runs from what was built"));
    Path home = root.resolve("elsewhere");
    Files.move(root.resolve(".wrought"), home);
    assertTrue(run(0, "version", "--home", "elsewhere").err().contains("sources changed"));
    assertTrue(run(0, "version", "--home=" + home).err().contains("sources changed"));
    assertEquals("", built());
    run(0, "version");
    assertFalse(built().isEmpty());
  }

  @Test
  void process_ofAnotherCheckout_isNoPlatformOfThisOne() throws IOException, InterruptedException {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "no /proc here: no command lines to read");
    changeASource();
    platform(root.resolve(".wrought"), "/elsewhere/eval-svc/target/quarkus-app/quarkus-run.jar");
    run(0, "version");
    assertFalse(built().isEmpty());
  }

  @Test
  void bench_thatIsNotBuilt_besideAPlatform_saysWhatToDo()
      throws IOException, InterruptedException {
    platform(root.resolve(".wrought"), ownJar());
    String said = run(3, "bench", "train").err();
    assertEquals(1, said.lines().count(), said);
    assertTrue(said.contains("not built yet") && said.contains("./wrought down first"), said);
  }

  @Test
  void command_thatWasCleanedAway_isBuiltEvenBesideAPlatform()
      throws IOException, InterruptedException {
    platform(root.resolve(".wrought"), ownJar());
    Files.delete(root.resolve("target/command.built"));
    run(0, "version");
    assertTrue(built().contains("-pl proto,core,cli\n"), built());
  }

  @Test
  void jar_thatSomeOtherBuildPackaged_isRehearsedOnce_andNotBuilt()
      throws IOException, InterruptedException {
    Path rehearsed = root.resolve("target/command.rehearsed");
    Files.setLastModifiedTime(rehearsed, FileTime.from(Instant.EPOCH));
    run(0, "version");
    Path log = root.resolve("target/rehearsal.log");
    FileTime first = Files.getLastModifiedTime(log);
    assertTrue(Files.getLastModifiedTime(rehearsed).toMillis() > 0);
    run(0, "version");
    assertEquals(first, Files.getLastModifiedTime(log));
    assertEquals("", built());
  }

  @Test
  void test_whileSomebodyBuilds_waits() throws IOException, InterruptedException {
    Process holder =
        new ProcessBuilder("flock", root.resolve("target/build.lock").toString(), "cat").start();
    others.add(holder);
    holder.getOutputStream().write("held\n".getBytes());
    holder.getOutputStream().flush();
    assertEquals('h', holder.getInputStream().read());
    CommandProcess test = start("test", "-m", "cli");
    test.awaitNote("waiting for another build");
    assertEquals("", built());
    holder.getOutputStream().close();
    assertEquals(0, test.await(), test.err());
    assertTrue(built().contains("-T 2 verify"), built());
  }

  @Test
  void jdk_ofTheJavaOnThePath_isFound() throws IOException, InterruptedException {
    Path jdk = root.resolve("jdk");
    script(jdk.resolve("bin/java"), "echo the java of the path");
    script(jdk.resolve("bin/javac"), "");
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.9\"\n");
    Path links = Files.createDirectories(root.resolve("links"));
    Files.createSymbolicLink(links.resolve("java"), jdk.resolve("bin/java"));
    environment.put("JAVA_HOME", "");
    environment.put("PATH", links + ":" + System.getenv("PATH"));
    assertEquals("the java of the path\n", run(0, "version").out());
  }
}
