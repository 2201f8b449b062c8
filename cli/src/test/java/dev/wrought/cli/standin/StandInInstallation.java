package dev.wrought.cli.standin;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A checkout with a recipe and with jars, each of which starts a stand-in. */
public final class StandInInstallation {
  /** A recipe as the demo reads it. */
  public static final String RECIPE =
      """
      apiVersion: wrought.dev/v1alpha1
      kind: TrainingRun
      metadata:
        name: demo
      spec:
        model: {preset: llama, layers: 4, width: 128, heads: 4, contextLength: 256}
        tokenizer: demo
        data: {mixture: [{dataset: demo, weight: 1.0}]}
        optimizer: {adamw: {learningRate: 2e-3}}
        schedule: {cosine: {warmupSteps: 30}}
        batch: {tokens: 4096, microBatchSequences: 16}
        duration: {time: 5m}
        validation: {everySteps: 100}
      """;

  private static final List<String> JARS =
      List.of(
          "cli/broker/target/broker.jar",
          "tokenizer-svc/target/quarkus-app/quarkus-run.jar",
          "trainer-svc/target/quarkus-app/quarkus-run.jar",
          "eval-svc/target/quarkus-app/quarkus-run.jar",
          "serving-svc/target/quarkus-app/quarkus-run.jar");

  private StandInInstallation() {}

  /** Writes all of it into an empty folder. */
  public static void write(Path root) throws IOException {
    for (String jar : JARS) {
      jar(root.resolve(jar), StandIn.class.getName());
    }
    recipe(root);
  }

  /**
   * Adds the launcher script and the command's jar, so that {@code ./wrought} runs there without
   * building anything.
   *
   * @param launcher the script to copy
   */
  public static Path launcher(Path root, Path launcher) throws IOException {
    for (String module : List.of("proto", "core", "cli")) {
      Files.createDirectories(root.resolve(module).resolve("src"));
      Files.writeString(root.resolve(module).resolve("pom.xml"), "");
    }
    Files.writeString(root.resolve("pom.xml"), "");
    jar(root.resolve("cli/target/wrought.jar"), "dev.wrought.cli.Wrought");
    Files.createDirectories(root.resolve("target"));
    for (String done : List.of("built", "rehearsed")) {
      Path stamp = Files.writeString(root.resolve("target/command." + done), "");
      Files.setLastModifiedTime(stamp, FileTime.from(Instant.now().plusSeconds(60)));
    }
    Files.createDirectories(root.resolve("launcher"));
    for (String script : List.of("launcher/build.sh", "launcher/test.sh")) {
      Files.copy(launcher.resolveSibling(script), root.resolve(script));
    }
    Path copy = root.resolve("wrought");
    Files.copy(launcher, copy, StandardCopyOption.COPY_ATTRIBUTES);
    return copy;
  }

  /** The recipe alone, for tests that start no processes. */
  public static void recipe(Path root) throws IOException {
    Files.createDirectories(root.resolve("recipes"));
    Files.writeString(root.resolve("recipes/demo.yaml"), RECIPE);
  }

  /** An empty jar whose class path is this test's. */
  static void jar(Path file, String mainClass) throws IOException {
    Files.createDirectories(file.getParent());
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, mainClass);
    attributes.put(Attributes.Name.CLASS_PATH, manifestClassPath());
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream _ = new JarOutputStream(out, manifest)) {
      out.flush();
    }
  }

  /** What this test runs with. */
  static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /** As URLs, for a manifest; a star stands for a folder's jars. */
  private static String manifestClassPath() throws IOException {
    List<String> urls = new ArrayList<>();
    for (String entry : classPath().split(File.pathSeparator)) {
      if (entry.endsWith("*")) {
        try (DirectoryStream<Path> jars =
            Files.newDirectoryStream(Path.of(entry.substring(0, entry.length() - 1)), "*.jar")) {
          jars.forEach(jar -> urls.add(jar.toUri().toString()));
        }
      } else {
        urls.add(Path.of(entry).toUri().toString());
      }
    }
    return String.join(" ", urls);
  }
}
