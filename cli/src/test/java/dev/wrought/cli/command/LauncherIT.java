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
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the launcher builds, rehearses and leaves alone; Maven is a script that notes its goals. */
class LauncherIT {
  private static final Path LAUNCHER =
      Path.of(System.getProperty("wrought.root", "..")).resolve("wrought");

  private static final List<String> MODULES =
      List.of(
          "cli/broker", "edge", "torch", "tokenizer-svc", "trainer-svc", "eval-svc", "serving-svc");

  @TempDir private Path root;
  private final Map<String, String> environment = new HashMap<>();
  private final List<Process> others = new ArrayList<>();

  @BeforeEach
  void prepare() throws IOException {
    StandInInstallation.launcher(root, LAUNCHER);
    maven("");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
  }

  @AfterEach
  void end() {
    others.forEach(Process::destroyForcibly);
  }

  /** What the stand-in for Maven does, in the checkout, when it has noted its goals. */
  private void maven(String line) throws IOException {
    script(root.resolve("mvnw"), "cd '%s'; echo \"$*\" >>maven.txt\n%s".formatted(root, line));
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
      Files.writeString(root.resolve("eval-svc").resolve(page), "");
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
    run(2, "up", "--nosuch");
    return built();
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
    run(0, "test", "-m", "torch");
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
    maven("touch core/target/test-classes/B.class");
    assertTrue(run(0, "test", "-m", "core").err().contains("not run: formatting and static"));
    assertTrue(built().contains(" -Dwrought.analysis= "), built());

    Files.delete(root.resolve("maven.txt"));
    maven("ls edge/target/classes core/target/test-classes >>maven.txt");
    changeASource();
    run(words.equals("test") ? 0 : 2, words.split(" "));
    assertTrue(built().contains("A.class") && Files.exists(before), built());
    assertFalse(built().contains("B.class"), built());
    assertFalse(built().contains("wrought.analysis"), built());
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
  void platform_thatIsPackaged_isNotBuiltAgain() throws IOException, InterruptedException {
    packagePlatform();
    assertEquals("", builtForThePlatform());
  }

  @ParameterizedTest
  @ValueSource(strings = {"eval-svc/package.json", "torch/src/A.java", "cli/broker/pom.xml"})
  void platform_ofAChangedSource_isBuilt(String source) throws IOException, InterruptedException {
    packagePlatform();
    change(source);
    assertTrue(builtForThePlatform().contains("-pl proto,core,cli,cli/broker,edge,"), built());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"trainer-svc/target/quarkus-app/quarkus-run.jar", "cli/broker/target/broker.jar"})
  void platform_ofWhichAPartWasCleanedAway_isBuilt(String jar)
      throws IOException, InterruptedException {
    packagePlatform();
    Files.delete(root.resolve(jar));
    assertTrue(builtForThePlatform().contains("-pl proto,core,cli,cli/broker,edge,"), built());
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

  private Path jdk(String folder, String version) throws IOException {
    Path jdk = root.resolve(folder);
    script(jdk.resolve("bin/java"), "echo java " + version);
    script(jdk.resolve("bin/javac"), "");
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return jdk;
  }

  @Test
  void jdk_amongOthersInItsUsualPlaces_isFound() throws IOException, InterruptedException {
    environment.put("JAVA_HOME", jdk("old", "17.0.1").toString());
    Files.delete(jdk("jdks/a", "26").resolve("bin/javac"));
    jdk("jdks/b", "25.0.2");
    environment.put("WROUGHT_JDKS", root.resolve("nothing") + ":" + root.resolve("jdks"));
    assertEquals("java 25.0.2\n", run(0, "version").out());
  }

  @Test
  void jdk_thatIsNowhere_isToldHowToGet() throws IOException, InterruptedException {
    environment.put("JAVA_HOME", jdk("old", "17.0.1").toString());
    environment.put("WROUGHT_JDKS", root.resolve("jdks").toString());
    String said = run(4, "version").err();
    assertTrue(said.contains("no JDK 25 or later (looked in JAVA_HOME, " + root), said);
    assertTrue(said.contains("apt-get install temurin-25-jdk"), said);
  }

  @Test
  void jdk_ofTheJavaOnThePath_isFound() throws IOException, InterruptedException {
    Path jdk = jdk("jdk", "25.0.9");
    Path links = Files.createDirectories(root.resolve("links"));
    Files.createSymbolicLink(links.resolve("java"), jdk.resolve("bin/java"));
    environment.put("JAVA_HOME", "");
    environment.put("PATH", links + ":" + System.getenv("PATH"));
    assertEquals("java 25.0.9\n", run(0, "version").out());
  }
}
