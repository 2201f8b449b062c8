package dev.wrought.cli.standin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A checkout with the launcher and the command's jar; Maven is a script that notes its goals. */
public final class LauncherCheckout {
  private static final Path LAUNCHER =
      Path.of(System.getProperty("wrought.root", "..")).resolve("wrought");

  private final Path root;
  private final Map<String, String> environment = new HashMap<>();

  /**
   * Writes it, with this JVM's JDK as JAVA_HOME.
   *
   * @param root an empty folder
   */
  public LauncherCheckout(Path root) throws IOException {
    this.root = root;
    StandInInstallation.launcher(root, LAUNCHER);
    maven("");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
  }

  public void environment(String name, String value) {
    environment.put(name, value);
  }

  /** What the stand-in for Maven does, in the checkout, when it has noted its goals. */
  public void maven(String line) throws IOException {
    script(root.resolve("mvnw"), "cd '%s'; echo \"$*\" >>maven.txt\n%s".formatted(root, line));
  }

  /** A script that can be executed. */
  public static void script(Path file, String lines) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/usr/bin/env bash\n" + lines + "\n");
    assertTrue(file.toFile().setExecutable(true));
  }

  /** A JDK whose {@code java} is a script. */
  public Path jdk(String folder, String version, String java) throws IOException {
    Path jdk = root.resolve(folder);
    script(jdk.resolve("bin/java"), java);
    script(jdk.resolve("bin/javac"), "");
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return jdk;
  }

  public CommandProcess start(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of("./wrought"));
    command.addAll(Arrays.asList(words));
    return CommandProcess.launch(root, environment, command);
  }

  /** What {@code ./wrought} said, which ended with this exit code. */
  public CommandProcess run(int code, String... words) throws IOException, InterruptedException {
    CommandProcess process = start(words);
    assertEquals(code, process.await(), process.err());
    return process;
  }

  /** What Maven was asked for, a line a time. */
  public String built() throws IOException {
    Path notes = root.resolve("maven.txt");
    return Files.exists(notes) ? Files.readString(notes) : "";
  }
}
