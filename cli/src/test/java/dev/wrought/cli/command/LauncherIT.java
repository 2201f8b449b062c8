package dev.wrought.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wrought.cli.standin.CommandProcess;
import dev.wrought.cli.standin.LauncherCheckout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the launcher builds, rehearses and leaves alone. */
class LauncherIT {
  private static final List<String> MODULES =
      List.of(
          "cli/broker", "edge", "torch", "tokenizer-svc", "trainer-svc", "eval-svc", "serving-svc");

  @TempDir private Path root;
  private LauncherCheckout checkout;
  private final List<Process> others = new ArrayList<>();

  @BeforeEach
  void prepare() throws IOException {
    checkout = new LauncherCheckout(root);
  }

  @AfterEach
  void end() {
    others.forEach(Process::destroyForcibly);
  }

  private void changeASource() throws IOException {
    change("core/src/A.java");
  }

  private void change(String source) throws IOException {
    Path file = Files.writeString(root.resolve(source), "");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(120)));
  }

  private void packagePlatform() throws IOException {
    for (String module : MODULES) {
      Files.createDirectories(root.resolve(module).resolve("src"));
      Files.writeString(root.resolve(module).resolve("pom.xml"), "");
      Path jar = root.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
      Files.createDirectories(jar.getParent());
      Files.writeString(jar, "");
    }
    Files.writeString(root.resolve("cli/broker/target/broker.jar"), "");
    for (String page : List.of("package.json", "package-lock.json", "page-packages.sh")) {
      Files.writeString(root.resolve("edge").resolve(page), "");
    }
    for (String done : List.of("built", "rehearsed")) {
      Files.copy(
          root.resolve("target/command." + done),
          root.resolve("target/platform." + done),
          StandardCopyOption.COPY_ATTRIBUTES,
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** A verb that needs the platform, and is refused before it starts it. */
  private String builtForThePlatform() throws IOException, InterruptedException {
    checkout.run(2, "up", "--nosuch");
    return checkout.built();
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
    checkout.run(0, "version");
    assertEquals("", checkout.built());
    changeASource();
    checkout.run(0, "version");
    assertTrue(checkout.built().contains("-T 2 package"), checkout.built());
    assertTrue(checkout.built().contains("-pl proto,core,cli\n"), checkout.built());
  }

  /** Maven takes notice of a changed dependency only in the run that compiles it. */
  @Test
  void classes_olderThanWhatTheyWereCompiledAgainst_areForgotten()
      throws IOException, InterruptedException {
    packagePlatform();
    Files.writeString(root.resolve("core/pom.xml"), "<artifactId>core</artifactId>");
    Files.writeString(root.resolve("torch/pom.xml"), "<artifactId>core</artifactId>");
    Path own = compiled("core/target/classes/A.class", 2);
    Path ownTest = compiled("core/target/test-classes/A.class", 3);
    Path dependent = compiled("torch/target/classes/B.class", 1);
    Path itsTest = compiled("torch/target/test-classes/B.class", 4);
    Path another = compiled("edge/target/classes/C.class", 1);
    Path itsOlderTest = compiled("edge/target/test-classes/C.class", 0);
    checkout.run(0, "test", "-m", "torch");
    assertEquals(
        List.of(true, true, false, true, true, false),
        Stream.of(own, ownTest, dependent, itsTest, another, itsOlderTest)
            .map(Files::exists)
            .toList());
  }

  /** A module's tests are compiled without it; nothing passes the gate, or is packaged, unseen. */
  @ParameterizedTest
  @ValueSource(strings = {"test", "up --nosuch"})
  void classes_compiledWithoutStaticAnalysis_areCompiledAnewForAnythingElse(String words)
      throws IOException, InterruptedException {
    packagePlatform();
    Files.writeString(root.resolve("core/pom.xml"), "");
    Path before = compiled("edge/target/classes/A.class", 1);
    Files.createDirectories(root.resolve("core/target/test-classes"));
    checkout.maven("touch core/target/test-classes/B.class");
    assertTrue(
        checkout.run(0, "test", "-m", "core").err().contains("not run: formatting and static"));
    assertTrue(checkout.built().contains(" -Dwrought.analysis= "), checkout.built());

    Files.delete(root.resolve("maven.txt"));
    checkout.maven("ls edge/target/classes core/target/test-classes >>maven.txt");
    changeASource();
    checkout.run(words.equals("test") ? 0 : 2, words.split(" "));
    assertTrue(checkout.built().contains("A.class") && Files.exists(before), checkout.built());
    assertFalse(checkout.built().contains("B.class"), checkout.built());
    assertFalse(checkout.built().contains("wrought.analysis"), checkout.built());
  }

  private Path compiled(String name, int second) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");
    return Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(second)));
  }

  @Test
  void source_thatChangedBesideAPlatform_isNotBuilt() throws IOException, InterruptedException {
    changeASource();
    platform(root.resolve(".wrought"), ownJar());
    assertTrue(checkout.run(0, "version").err().contains("the platform runs from what was built"));
    Path home = root.resolve("elsewhere");
    Files.move(root.resolve(".wrought"), home);
    assertTrue(checkout.run(0, "version", "--home", "elsewhere").err().contains("sources changed"));
    assertTrue(checkout.run(0, "version", "--home=" + home).err().contains("sources changed"));
    assertEquals("", checkout.built());
    checkout.run(0, "version");
    assertFalse(checkout.built().isEmpty());
  }

  @Test
  void process_ofAnotherCheckout_isNoPlatformOfThisOne() throws IOException, InterruptedException {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "no /proc here: no command lines to read");
    changeASource();
    platform(root.resolve(".wrought"), "/elsewhere/eval-svc/target/quarkus-app/quarkus-run.jar");
    checkout.run(0, "version");
    assertFalse(checkout.built().isEmpty());
  }

  @Test
  void platform_thatIsPackaged_isNotBuiltAgain() throws IOException, InterruptedException {
    packagePlatform();
    assertEquals("", builtForThePlatform());
  }

  @ParameterizedTest
  @ValueSource(strings = {"edge/package.json", "torch/src/A.java", "cli/broker/pom.xml"})
  void platform_ofAChangedSource_isBuilt(String source) throws IOException, InterruptedException {
    packagePlatform();
    change(source);
    assertTrue(
        builtForThePlatform().contains("-pl proto,core,cli,cli/broker,edge,"), checkout.built());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"trainer-svc/target/quarkus-app/quarkus-run.jar", "cli/broker/target/broker.jar"})
  void platform_ofWhichAPartWasCleanedAway_isBuilt(String jar)
      throws IOException, InterruptedException {
    packagePlatform();
    Files.delete(root.resolve(jar));
    assertTrue(
        builtForThePlatform().contains("-pl proto,core,cli,cli/broker,edge,"), checkout.built());
  }

  @Test
  void bench_thatIsNotBuilt_besideAPlatform_saysWhatToDo()
      throws IOException, InterruptedException {
    platform(root.resolve(".wrought"), ownJar());
    String said = checkout.run(3, "bench", "train").err();
    assertEquals(1, said.lines().count(), said);
    assertTrue(said.contains("not built yet") && said.contains("./wrought down first"), said);
  }

  @Test
  void command_thatWasCleanedAway_isBuiltEvenBesideAPlatform()
      throws IOException, InterruptedException {
    platform(root.resolve(".wrought"), ownJar());
    Files.delete(root.resolve("target/command.built"));
    checkout.run(0, "version");
    assertTrue(checkout.built().contains("-pl proto,core,cli\n"), checkout.built());
  }

  @Test
  void jar_thatSomeOtherBuildPackaged_isRehearsedOnce_andNotBuilt()
      throws IOException, InterruptedException {
    Path rehearsed = root.resolve("target/command.rehearsed");
    Files.setLastModifiedTime(rehearsed, FileTime.from(Instant.EPOCH));
    checkout.run(0, "version");
    Path log = root.resolve("target/rehearsal.log");
    FileTime first = Files.getLastModifiedTime(log);
    assertTrue(Files.getLastModifiedTime(rehearsed).toMillis() > 0);
    checkout.run(0, "version");
    assertEquals(first, Files.getLastModifiedTime(log));
    assertEquals("", checkout.built());
  }

  @Test
  void test_whileSomebodyBuilds_waits() throws IOException, InterruptedException {
    Process holder =
        new ProcessBuilder("flock", root.resolve("target/build.lock").toString(), "cat").start();
    others.add(holder);
    holder.getOutputStream().write("held\n".getBytes());
    holder.getOutputStream().flush();
    assertEquals('h', holder.getInputStream().read());
    CommandProcess test = checkout.start("test", "-m", "cli");
    test.awaitNote("waiting for another build");
    assertEquals("", checkout.built());
    holder.getOutputStream().close();
    assertEquals(0, test.await(), test.err());
    assertTrue(checkout.built().contains("-T 2 verify"), checkout.built());
  }
}
